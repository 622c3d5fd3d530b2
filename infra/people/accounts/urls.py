"""Addresses of sign-in and one's own account: only the pages of allauth that are needed."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path

from infra.people.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("minh-hoa/", views.demo_sign_in, name="demo_sign_in"),
    path("dang-nhap/", allauth_views.login, name="account_login"),
    path("dang-xuat/", allauth_views.logout, name="account_logout"),
    path("da-khoa/", allauth_views.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", allauth_views.password_change, name="account_change_password"),
    path("mat-khau/moi/", allauth_views.password_set, name="account_set_password"),
    path("mat-khau/quen/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "mat-khau/quen/da-gui/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/quen/xong/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("hai-lop/", include("allauth.mfa.urls")),
]
