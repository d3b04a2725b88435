"""What is kept of those who write the site: Wagtail's own tables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)

from users.privacy.registry import (
    REST,
    KeptData,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)

kept_data_declare(
    KeptData(
        key="editing",
        order=77,
        title=_("Ce que vous avez rédigé sur le site"),
        what=_(
            "Pour les comptes de rédaction : les pages et leurs versions, les fichiers déposés, "
            "les commentaires, les relectures, l’historique des actions."
        ),
        why=_("Savoir qui a écrit quoi, et revenir à une version précédente."),
        who=_("Les équipes de rédaction."),
        how_long=_("Tant que la page existe."),
        stays=_("Les pages, leurs versions et leur historique, sous un compte vide."),
        tables=(
            Table(
                "wagtailcore.Page", of_account(Page, "owner"), "title", f"owner locked_by {REST}"
            ),
            Table(
                "wagtailcore.Revision",
                of_account(Revision),
                told="object_str created_at",
                untold=f"user content {REST}",
            ),
            Table(
                "wagtailcore.PageLogEntry",
                of_account(PageLogEntry, "user_id"),
                told="label action timestamp",
                untold=f"user {REST}",
            ),
            Table(
                "wagtailcore.ModelLogEntry",
                of_account(ModelLogEntry, "user_id"),
                told="label action timestamp",
                untold=f"user {REST}",
            ),
            Table(
                "wagtailcore.Comment",
                of_account(Comment),
                told="page text created_at resolved_at",
                untold=f"user resolved_by {REST}",
            ),
            Table(
                "wagtailcore.CommentReply",
                of_account(CommentReply),
                told="text created_at",
                untold=f"user {REST}",
            ),
            Table(
                "wagtailcore.PageSubscription", of_account(PageSubscription), "page", f"user {REST}"
            ),
            Table(
                "wagtailcore.WorkflowState",
                of_account(WorkflowState, "requested_by"),
                told="workflow status created_at",
                untold=f"requested_by {REST}",
            ),
            Table(
                "wagtailcore.TaskState",
                of_account(TaskState, "finished_by"),
                told="task status comment finished_at",
                untold=f"finished_by {REST}",
            ),
            Table(
                "wagtailcore.UploadedFile",
                of_account(UploadedFile, "uploaded_by_user"),
                told="file",
                untold=f"uploaded_by_user {REST}",
            ),
            Table("content.SiteImage", untold=f"uploaded_by_user {REST}"),
            Table("content.Video", untold=f"uploaded_by_user {REST}"),
            Table("wagtaildocs.Document", untold=f"uploaded_by_user {REST}"),
            Table("wagtailimages.Image", untold=f"uploaded_by_user {REST}"),
            Table("wagtailmedia.Media", untold=f"uploaded_by_user {REST}"),
        ),
    )
)

impersonal_declare(
    "content.Audience",
    "content.SiteRendition",
    "dsfr.DsfrConfig",
    "dsfr.DsfrSocialMedia",
    "taggit.Tag",
    "taggit.TaggedItem",
    "wagtailadmin.Admin",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.Locale",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Site",
    "wagtailcore.Task",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowPage",
    "wagtailcore.WorkflowTask",
    "wagtailembeds.Embed",
    "wagtailimages.Rendition",
    "wagtailredirects.Redirect",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
)
