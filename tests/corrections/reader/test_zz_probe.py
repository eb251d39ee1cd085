"""Probes, not kept."""
from datetime import UTC, datetime, timedelta
import pytest, time_machine
from django.test import Client
from corrections.models import *
from corrections.domain import intake, assignment, conversation
from corrections.domain.access import actor_of
from tests.corrections.reader.pages import fill_correction, hidden_fields, receipt_in
from tests.factories import make_case, submit, NOW
MORNING = datetime(2025, 2, 17, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
@pytest.fixture(autouse=True)
def t():
    with time_machine.travel(MORNING, tick=True) as c: yield c
def test_probe(reader, article, editor):
    p=f"/ar/{article.pk}/correction/"
    def show(n,a): 
        import re
        s=a.content.decode()
        print("\n##",n,a.status_code,{k:a.get(k) for k in("Cache-Control","Referrer-Policy","X-Robots-Tag","Retry-After")}, re.findall(r'<li>(?:<a href="#[^"]*">)?([^<]*)(?:</a>)?</li>', s.split('err-box')[1])[:4] if 'err-box' in s else a.get("Location"))
    f=fill_correction(reader,p)
    show("expired csrf",reader.post(p,{**f,"csrfmiddlewaretoken":"x"*64}))
    show("expired csrf unknown article",reader.post("/ar/99999/correction/",{**f,"csrfmiddlewaretoken":"x"*64}))
    f=fill_correction(reader,p); show("nul text",reader.post(p,{**f,"text":"قبل\0بعد"}))
    f=fill_correction(reader,p); show("nul name",reader.post(p,{**f,"name":"قبل\0بعد","credit":"name"})); print(Identity.objects.count())
    f=fill_correction(reader,p); show("long name",reader.post(p,{**f,"name":"ا"*1001,"credit":"name"})); print(Identity.objects.count())
    f=fill_correction(reader,p); show("long address",reader.post(p,{**f,"address":"a"*1001+"@example.org","reply":"mail"}))
    f=fill_correction(reader,p); show("600k",reader.post(p,{**f,"text":"a"*600_000}))
    f=fill_correction(reader,p); show("5000",reader.post(p,{**f,"text":"a"*5000}))
    f=fill_correction(reader,p); show("bad reply",reader.post(p,{**f,"reply":"x","address":"a@example.org"}))
    f=fill_correction(reader,p); show("bad problem",reader.post(p,{**f,"problem":"x"}))
    f=fill_correction(reader,p); show("bad rev",reader.post(p,{**f,"revision":"-5","text":""}))
    c=f"/ar/{article.pk}/complaint/"
    f=hidden_fields(reader.get(c).content.decode())|{"text":"x","relation":"subject","reply":"receipt"}
    show("bad clause",reader.post(c,{**f,"clauses":["privacy","nope"]}))
    f=fill_correction(reader,p); show("only token", reader.post(p,{k:f[k] for k in("csrfmiddlewaretoken","form_token")}))
    # my case
    f=fill_correction(reader,p); show("ok", reader.post(p,f))
    m=reader.get("/ar/my-case/").content.decode()
    h=hidden_fields(m)
    show("write",reader.post("/ar/my-case/write/",{**h,"text":"أولى"}))
    show("write again other",reader.post("/ar/my-case/write/",{**h,"text":"ثانية"}))
    print(list(Message.objects.filter(purpose="added").values_list("text",flat=True)))
    show("write expired",reader.post("/ar/my-case/write/",{**h,"csrfmiddlewaretoken":"x"*64,"text":"ثانية"}))
    show("open expired",reader.post("/ar/case/",{"csrfmiddlewaretoken":"x"*64,"receipt":"1234"}))
    h=hidden_fields(reader.get("/ar/case/").content.decode())
    for r in ["1234\0","x"*600,"1"*24,"0"*24,"١٢٣٤","", "\ud800".encode("utf-8","surrogatepass")]:
        show(repr(r)[:20],reader.post("/ar/case/",{**h,"receipt":r}))
    show("open link",reader.get("/ar/open/zzz/"))
    show("open link post expired",reader.post("/ar/open/zzz/",{"csrfmiddlewaretoken":"x"*64}))
    h=hidden_fields(reader.get("/ar/my-case/").content.decode())
    a=reader.post("/ar/my-case/end/",h); show("end",a); print(a["Clear-Site-Data"], a.cookies)
    show("feed",reader.get("/ar/corrections/feed.atom"))
    show("neg",reader.get("/ar/corrections/-1/")); show("huge",reader.get("/ar/corrections/"+"9"*50+"/"))
    show("withdraw by GET",reader.get("/ar/my-case/withdraw/"))
    show("write without case", Client().post("/ar/my-case/write/",{"text":"x"}))
