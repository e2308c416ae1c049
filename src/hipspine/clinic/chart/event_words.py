"""What an event is called on the page that shows a patient who looked."""

from django.utils.translation import gettext_lazy as _

#: Other apps add their actions here when they load.
WORDS = {
    "chart.created": _("opened the chart"),
    "chart.read": _("read the chart"),
    "chart.changed": _("changed personal data"),
    "chart.exported": _("downloaded a copy"),
    "chart.merged": _("merged it with another chart"),
    "chart.merge_undone": _("undid a merge"),
    "chart.glass_broken": _("opened it from outside the treatment, with a reason"),
    "treating.began": _("began to treat"),
    "consent.permitted": _("recorded a consent"),
    "consent.refused": _("recorded a refusal"),
    "finding.recorded": _("recorded a finding"),
    "finding.corrected": _("corrected a finding"),
    "finding.withdrawn": _("withdrew a finding"),
    "identity.code_sent": _("a confirmation code was sent"),
    "identity.confirmed": _("confirmed who it is"),
    "identity.account_linked": _("linked the account"),
    "erasure.requested": _("asked to be forgotten"),
    "erasure.granted": _("granted the request to be forgotten"),
    "erasure.refused": _("refused the request to be forgotten"),
    "erasure.done": _("removed the personal data"),
}


def words_for(action: str) -> str:
    """In words; an action nobody named shows as it is."""
    return str(WORDS.get(action, action))
