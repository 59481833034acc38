"""Addresses of plans: import, entry by hand, editing (要点的导入与编制)."""

from django.urls import path

from gongkai.ledger.views import importing, importing_rows, importing_steps, plan_tasks, plans

urlpatterns = [
    path("staff/plans/", plans.plan_list, name="plans"),
    path("staff/plans/new/", plans.plan_new, name="plan_new"),
    path("staff/plans/<int:pk>/outline/", plans.plan_outline, name="plan_outline"),
    path("staff/plans/<int:pk>/edit/", plans.plan_edit, name="plan_edit"),
    path("staff/plans/<int:pk>/copy/", plans.plan_copy, name="plan_copy"),
    path("staff/plans/<int:pk>/issue/", plans.plan_issue, name="plan_issue"),
    path("staff/plans/<int:pk>/close/", plans.plan_close, name="plan_close"),
    path("staff/plans/<int:pk>/reopen/", plans.plan_reopen, name="plan_reopen"),
    path("staff/plans/<int:pk>/sections/new/", plan_tasks.section_new, name="section_new"),
    path("staff/plans/<int:pk>/tasks/new/", plan_tasks.task_new, name="task_new"),
    path("staff/tasks/<int:pk>/edit/", plan_tasks.task_edit, name="task_edit"),
    path("staff/tasks/<int:pk>/split/", plan_tasks.task_split, name="task_split"),
    path("staff/tasks/<int:pk>/milestones/", plan_tasks.task_milestones, name="task_milestones"),
    path("staff/tasks/<int:pk>/figure/", plan_tasks.task_figure, name="task_figure"),
    path("staff/tasks/<int:pk>/withdraw/", plan_tasks.task_withdraw, name="task_withdraw"),
    path("staff/plans/imports/new/", importing.import_new, name="import_new"),
    path("staff/plans/imports/<int:pk>/", importing.import_check, name="import"),
    path("staff/plans/imports/<int:pk>/edit/", importing_steps.import_edit, name="import_edit"),
    path("staff/plans/imports/<int:pk>/names/", importing_steps.import_names, name="import_names"),
    path("staff/plans/imports/<int:pk>/changes/", importing_steps.import_changes, name="import_changes"),
    path("staff/plans/imports/<int:pk>/confirm/", importing_steps.import_confirm, name="import_confirm"),
    path("staff/plans/imports/<int:pk>/drop/", importing_steps.import_drop, name="import_drop"),
    path("staff/plans/imports/<int:pk>/rows/add/", importing_rows.row_add, name="import_row_add"),
    path("staff/plans/imports/<int:pk>/rows/<int:key>/", importing_rows.row_edit, name="import_row"),
    path(
        "staff/plans/imports/<int:pk>/rows/<int:key>/check/",
        importing_rows.row_check,
        name="import_row_check",
    ),
    path(
        "staff/plans/imports/<int:pk>/rows/<int:key>/restore/",
        importing_rows.row_restore,
        name="import_row_restore",
    ),
]
