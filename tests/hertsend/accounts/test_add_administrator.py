"""The command that makes the first administrator."""

import pytest
from django.core.management import CommandError, call_command

from hertsend.accounts.models import RoleAssignment
from hertsend.jobs.models import Message
from tests.factories import models as make


def run(partnership, email="fay@example.org", name="Fay First"):
    call_command("add_administrator", email, name=name, partnership=partnership)


def test_it_makes_an_administrator_who_gets_an_e_mail(db, capsys):
    partnership = make.PartnershipFactory(slug="here", name="Here")

    run("here")

    role = RoleAssignment.objects.get()
    assert (role.user.email, role.role, role.partnership) == (
        "fay@example.org",
        "administrator",
        partnership,
    )
    assert Message.objects.get().recipient == role.user
    assert capsys.readouterr().out == "Fay First is an administrator of Here and gets an e-mail.\n"


def test_it_makes_no_second_one(db):
    make.PartnershipFactory(slug="here")
    run("here")

    with pytest.raises(CommandError, match="has an administrator, who can give the role"):
        run("here", email="second@example.org")

    assert RoleAssignment.objects.count() == 1


@pytest.mark.parametrize(
    ("partnership", "email", "sentence"),
    [
        ("nowhere", "fay@example.org", "There is no partnership 'nowhere'. Known: here."),
        ("here", "fay", "Enter an e-mail address, such as name@example.org."),
    ],
)
def test_it_says_what_is_wrong(db, partnership, email, sentence):
    make.PartnershipFactory(slug="here")

    with pytest.raises(CommandError, match=sentence):
        run(partnership, email=email)

    assert not RoleAssignment.objects.exists()
