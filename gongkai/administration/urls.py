"""Addresses of this room (网址): units, groups, accounts, and all pages of signing in."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path

from gongkai.administration.sign_in import (
    ActivateTotp,
    ClosedAccount,
    DeactivateTotp,
    GenerateRecoveryCodes,
    SecondStep,
    SignIn,
    SingleSignOnCancelled,
    SingleSignOnFailed,
)
from gongkai.administration.views import groups, me, people, person_acts, rolls, unit_acts, units

UNITS = [
    path("staff/units/", units.units, name="units"),
    path("staff/units/new/", unit_acts.new, name="unit_new"),
    path("staff/units/import/", rolls.import_units, name="unit_import"),
    path("staff/units/<int:pk>/", units.unit, name="unit"),
    path("staff/units/<int:pk>/edit/", unit_acts.edit, name="unit_edit"),
    path("staff/units/<int:pk>/rename/", unit_acts.rename, name="unit_rename"),
    path("staff/units/<int:pk>/merge/", unit_acts.merge, name="unit_merge"),
    path("staff/units/<int:pk>/close/", unit_acts.close, name="unit_close"),
    path("staff/units/<int:pk>/names/new/", unit_acts.add_name, name="unit_name_new"),
    path("staff/units/names/<int:pk>/drop/", unit_acts.drop_name, name="unit_name_drop"),
    path("staff/units/groups/", groups.groups, name="groups"),
    path("staff/units/groups/new/", groups.new, name="group_new"),
    path("staff/units/groups/install/", groups.install, name="group_install"),
    path("staff/units/groups/<int:pk>/edit/", groups.edit, name="group_edit"),
]
PEOPLE = [
    path("staff/people/", people.people, name="people"),
    path("staff/people/new/", person_acts.new, name="person_new"),
    path("staff/people/import/", rolls.import_accounts, name="person_import"),
    path("staff/people/<int:pk>/", people.person, name="person"),
    path("staff/people/<int:pk>/edit/", person_acts.edit, name="person_edit"),
    path("staff/people/<int:pk>/posts/new/", person_acts.add_post, name="post_new"),
    path("staff/people/posts/<int:pk>/end/", person_acts.end_post, name="post_end"),
    path("staff/people/<int:pk>/disable/", person_acts.disable, name="person_disable"),
    path("staff/people/<int:pk>/enable/", person_acts.enable, name="person_enable"),
    path("staff/people/<int:pk>/password/", person_acts.reset_password, name="person_password"),
    path("staff/people/<int:pk>/code/", person_acts.reset_second_factor, name="person_code"),
]
SIGN_IN = [
    path("accounts/", me.me, name="my_account"),
    path("accounts/login/", SignIn.as_view(), name="account_login"),
    path("accounts/logout/", sign_in.logout, name="account_logout"),
    path("accounts/inactive/", ClosedAccount.as_view(), name="account_inactive"),
    path("accounts/confirm/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/", sign_in.password_change, name="account_change_password"),
    path("accounts/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("accounts/code/", me.me, name="mfa_index"),
    path("accounts/code/sign-in/", SecondStep.as_view(), name="mfa_authenticate"),
    path("accounts/code/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/code/activate/", ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("accounts/code/deactivate/", DeactivateTotp.as_view(), name="mfa_deactivate_totp"),
    path("accounts/code/spare/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("accounts/code/spare/new/", GenerateRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("accounts/code/spare/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(
        "accounts/identity/cancelled/", SingleSignOnCancelled.as_view(), name="socialaccount_login_cancelled"
    ),
    path("accounts/identity/error/", SingleSignOnFailed.as_view(), name="socialaccount_login_error"),
    path("accounts/identity/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("accounts/identity/<slug:provider_id>/back/", oidc.callback, name="openid_connect_callback"),
]
#: the sign-in library asks for these names; nobody may sign up, and a lost password goes to the administrator
ABSENT = [
    path("accounts/signup/", me.absent, name="account_signup"),
    path("accounts/password/set/", me.absent, name="account_set_password"),
    path("accounts/email/sent/", me.absent, name="account_email_verification_sent"),
    path("accounts/identity/signup/", me.absent, name="socialaccount_signup"),
    path("accounts/identity/", me.me, name="socialaccount_connections"),
]

urlpatterns = [*UNITS, *PEOPLE, *ABSENT, *SIGN_IN]
