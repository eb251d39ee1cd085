"""Addresses of the sign-in's second step, of one's own account, and of what administrators manage."""

from django.urls import path

from corrections.desk import account, keys, second_factor, setting_up, settings, staff

ACCOUNT_PATTERNS = [
    path("sign-in/second-factor/", second_factor.check, name="second_factor"),
    path("account/", account.show, name="account"),
    path("account/app/begin/", setting_up.begin_app, name="begin_app"),
    path("account/app/", setting_up.set_up_app, name="set_up_app"),
    path("account/app/picture/", setting_up.app_picture, name="app_picture"),
    path("account/app/remove/", account.remove_app, name="remove_app"),
    path("account/passkeys/begin/", setting_up.begin_passkey, name="begin_passkey"),
    path("account/passkeys/add/", setting_up.add_passkey, name="add_passkey"),
    path("account/passkeys/<int:number>/remove/", account.remove_passkey, name="remove_passkey"),
    path("account/recovery-codes/", account.make_codes, name="recovery_codes"),
    path("account/recovery-codes/file/", account.codes_file, name="recovery_codes_file"),
    path("account/password/", account.change_password, name="password"),
    path("account/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:number>/end/", account.end_session, name="end_session"),
    path("account/keys/", keys.show_keys, name="keys"),
    path("account/keys/<int:number>/revoke/", keys.revoke, name="revoke_key"),
    path("account/stay/", account.stay, name="stay"),
    path("join/<int:number>/<str:token>/", staff.join, name="join"),
    path("staff/", staff.show_staff, name="staff"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/<int:number>/", staff.edit, name="staff_member"),
    path("staff/<int:number>/deactivate/", staff.deactivate, name="deactivate"),
    path("staff/<int:number>/activate/", staff.activate, name="activate"),
    path("staff/<int:number>/reset-factors/", staff.reset_factors, name="reset_factors"),
    path("staff/<int:number>/keys/<int:key>/revoke/", keys.revoke_of_member, name="revoke_member_key"),
    path("staff/<int:number>/link/", staff.send_link, name="send_link"),
    path("settings/", settings.show, name="settings"),
    path("settings/preview/<slug:page>/", settings.preview, name="settings_preview"),
]
