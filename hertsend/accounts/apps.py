from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hertsend.accounts"
    label = "accounts"
    verbose_name = "People and roles"
