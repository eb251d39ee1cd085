"""Addresses of the sign-in's second step and of one's own account."""

from django.urls import path

from corrections.desk import account, second_factor

ACCOUNT_PATTERNS = [
    path("sign-in/second-factor/", second_factor.check, name="second_factor"),
    path("account/", account.show, name="account"),
    path("account/app/", account.set_up_app, name="set_up_app"),
    path("account/app/picture/", account.app_picture, name="app_picture"),
    path("account/app/remove/", account.remove_app, name="remove_app"),
    path("account/passkeys/add/", account.add_passkey, name="add_passkey"),
    path("account/passkeys/<int:number>/remove/", account.remove_passkey, name="remove_passkey"),
    path("account/recovery-codes/", account.make_codes, name="recovery_codes"),
    path("account/recovery-codes/file/", account.codes_file, name="recovery_codes_file"),
    path("account/password/", account.change_password, name="password"),
    path("account/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:number>/end/", account.end_session, name="end_session"),
    path("account/stay/", account.stay, name="stay"),
]
