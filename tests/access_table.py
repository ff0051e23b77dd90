"""The table of doors: page, thing, and what each of nine people is answered. Read by `tests/test_access.py`."""

PEOPLE = "anonymous auntie wang li zhang sun zhao neighbour stranger".split()
READ = """
page                        of        anonymous auntie wang li zhang sun zhao neighbour stranger
portal:home                 -         200 200 200 200 200 200 200 200 200
portal:login                -         200 302 302 302 302 302 302 302 302
portal:healthz              -         200 200 200 200 200 200 200 200 200
registry:notices            -         302 200 200 200 200 200 200 200 200
registry:mail               -         302 200 200 200 200 200 200 200 200
registry:wordings           -         302 403 403 403 200 403 403 403 200
registry:wording            wording   302 403 403 403 200 403 403 403 403
registry:ratings            -         302 403 403 200 200 200 200 403 200
registry:ratingreviews      -         302 403 403 200 200 200 200 403 200
registry:ratingreview       low       302 404 404 200 200 404 404 404 404
registry:rate               rating    200 200 200 200 200 200 200 200 200
registry:contact_login      -         200 200 200 200 200 200 200 200 200
registry:contact_code       -         302 302 302 302 302 302 302 302 302
registry:contact            contact   200 200 200 200 200 200 200 200 200
registry:guide              -         200 200 200 200 200 200 200 200 200
registry:policies           -         200 200 200 200 200 200 200 200 200
registry:policy             policy    200 200 200 200 200 200 200 200 200
registry:places             -         200 200 200 200 200 200 200 200 200
registry:place              place     200 200 200 200 200 200 200 200 200
registry:place_edit         edit      302 403 403 403 200 403 403 403 403
registry:placeacts          -         302 200 200 200 200 200 200 200 200
registry:placeact           act       302 404 404 404 200 200 200 404 404
registry:placeact_new       newact    302 403 403 403 200 403 403 403 403
registry:verify             -         200 200 200 200 200 200 200 200 200
registry:verified           token     200 200 200 200 200 200 200 200 200
registry:track              -         200 200 200 200 200 200 200 200 200
registry:cases              -         302 200 200 200 200 200 200 200 200
registry:bulk               many      302 200 200 200 200 200 200 200 200
registry:bulk               -         302 422 422 422 422 422 422 422 422
registry:bulk_result        result    302 404 404 404 404 404 404 404 404
registry:absences           -         302 403 200 200 200 200 403 403 200
registry:organisations      -         302 200 200 200 200 200 200 200 200
registry:organisation       org       302 200 200 200 200 200 200 404 404
registry:end                org       302 403 403 302 403 403 403 404 404
registry:end                listed    302 404 200 403 403 403 403 404 404
registry:certificate        paper     302 200 200 200 200 200 404 404 404
registry:case               draft     302 200 404 404 404 404 404 404 404
registry:tasks              draft     302 200 404 404 404 404 404 404 404
registry:section            draft     302 200 404 404 404 404 404 404 404
registry:resembling         draft     302 200 404 404 404 404 404 404 404
registry:materials          draft     302 200 404 404 404 404 404 404 404
registry:material           draft     302 200 404 404 404 404 404 404 404
registry:check              draft     302 200 404 404 404 404 404 404 404
registry:receipt            draft     302 404 404 404 404 404 404 404 404
registry:receipt_pdf        draft     302 422 404 404 404 404 404 404 404
registry:case               filed     302 200 200 200 200 200 404 404 404
registry:file               draft     302 404 404 404 404 404 404 404 404
registry:file               filed     302 200 200 200 200 200 404 404 404
registry:tasks              filed     302 409 409 403 403 403 404 404 404
registry:material           filed     302 200 200 200 200 200 404 404 404
registry:receipt            filed     302 200 200 200 200 200 404 404 404
registry:receipt_pdf        filed     302 200 200 200 200 200 404 404 404
registry:move               review    302 403 200 403 403 403 404 404 404
registry:move               nonsense  302 404 404 404 404 404 404 404 404
registry:tasks              returned  302 200 200 403 403 403 404 404 404
registry:section            returned  302 200 200 403 403 403 404 404 404
registry:resembling         returned  302 200 200 403 403 403 404 404 404
registry:materials          returned  302 200 200 403 403 403 404 404 404
registry:check              returned  302 200 200 403 403 403 404 404 404
registry:material           returned  302 200 200 200 200 200 404 404 404
registry:mend               returned  302 200 200 403 403 403 404 404 404
registry:mend               draft     302 302 404 404 404 404 404 404 404
registry:letter             returned  302 200 200 200 200 200 404 404 404
registry:phrases            -         302 403 200 200 200 200 403 403 200
registry:told_late          -         302 403 200 200 200 200 403 403 200
registry:owed               filed     302 200 200 403 403 403 404 404 404
registry:debts              -         302 200 200 200 200 200 200 200 200
registry:case               gone      302 404 404 404 404 404 404 404 404
registry:organisation       gone      302 404 404 404 404 404 404 404 404
registry:calendar           -         200 200 200 200 200 200 200 200 200
registry:suspend            hold      302 403 200 403 403 403 404 404 404
registry:resume             hold      302 403 409 403 403 403 404 404 404
registry:begin              named     302 200 200 200 200 403 403 200 403
registry:announcements      -         200 200 200 200 200 200 200 200 200
registry:announcement       notice    200 200 200 200 200 200 200 200 200
registry:objection          objection 302 404 403 403 200 200 404 404 404
registry:reports            -         302 403 200 200 200 200 200 403 200
registry:bans               -         302 403 403 403 200 403 403 403 200
registry:lift               ban       302 403 403 403 200 403 403 403 404
registry:ask                filed     302 403 200 403 403 403 404 404 404
registry:opinions           -         302 403 403 403 403 403 403 403 403
registry:opinion            asked     302 404 302 302 302 302 404 404 404
registry:opinion_record     asked     302 404 200 403 403 403 404 404 404
registry:opinion_paper      answered  302 404 200 200 200 200 404 404 404
registry:opinion_material   asked     302 404 404 404 404 404 404 404 404
registry:candidates         -         302 200 200 200 200 200 200 200 200
registry:candidate          candidate 302 404 200 200 200 200 200 404 404
registry:candidate_do       attest    302 404 200 200 200 200 200 404 404
registry:hub                hub       302 404 404 200 200 200 200 404 404
filings:delegations         -         302 200 200 200 200 200 200 200 200
filings:quick               -         302 403 200 403 403 403 403 403 403
filings:listing             -         302 403 200 403 403 403 403 403 403
supervision:home            -         302 404 302 302 302 302 302 404 302
supervision:alerts          -         302 200 200 200 200 200 200 200 200
supervision:assignments     -         302 200 200 200 200 200 200 200 200
supervision:assignment      errand    302 404 200 200 200 200 200 404 404
supervision:outlook         target    302 404 404 404 200 200 200 404 404
supervision:board           district  302 404 404 404 200 200 200 404 404
supervision:behind          list      302 404 404 404 200 200 200 404 404
supervision:trial           district  302 404 404 404 200 200 200 404 404
supervision:trial           place     302 404 404 403 200 200 200 404 404
supervision:trial_organisations district 302 404 404 404 404 404 404 404 404
supervision:kept_trials     district  302 404 404 404 200 200 200 404 404
supervision:kept            trial     302 404 404 404 200 200 200 404 404
registry:policy_compare     -         200 200 200 200 200 200 200 200 200
supervision:sheet           district  302 404 404 404 200 200 200 404 404
supervision:sheet_batch     district  302 404 404 404 200 403 403 404 404
supervision:gaps            district  302 404 404 404 200 200 200 404 404
supervision:gap             lacking   302 404 404 404 200 200 200 404 404
supervision:reductions      district  302 404 404 404 200 200 200 404 404
supervision:handling        district  302 404 404 404 200 200 200 404 404
supervision:handled         cases     302 404 404 404 200 200 403 404 404
supervision:wall            district  302 404 404 404 200 200 200 404 404
supervision:mix             district  302 404 404 404 200 200 200 404 404
supervision:target          target    302 404 404 404 200 200 200 404 404
supervision:statistics      district  302 404 404 404 200 200 200 404 404
supervision:statistics      place     302 404 404 200 200 200 200 404 404
supervision:statistic       table     302 404 404 404 200 200 200 404 404
supervision:scorecard       place     302 404 404 200 200 200 200 404 404
"""
WRITE = """
page                        of        anonymous auntie wang li zhang sun zhao neighbour stranger
registry:begin              named     302 200 200 200 200 403 403 200 403
registry:from_name          kept      302 302 404 404 404 404 404 404 404
registry:announcement       notice    200 200 200 200 200 200 200 200 200
registry:objection          objection 302 404 403 403 200 200 404 404 404
registry:start              begin     302 302 302 302 302 403 403 302 403
registry:section            draft     302 200 404 404 404 404 404 404 404
registry:autosave           draft     302 200 404 404 404 404 404 404 404
registry:materials          draft     302 302 404 404 404 404 404 404 404
registry:upload             draft     302 422 404 404 404 404 404 404 404
registry:upload             returned  302 422 422 403 403 403 404 404 404
registry:upload             filed     302 422 422 403 403 403 404 404 404
registry:mend               returned  302 409 409 403 403 403 404 404 404
registry:unlock             returned  302 302 302 403 403 403 404 404 404
registry:phrases            phrase    302 403 302 200 200 200 403 403 200
registry:retire_phrase      own       302 404 302 404 404 404 404 404 404
registry:owed               filed     302 302 302 403 403 403 404 404 404
registry:section            returned  302 200 200 403 403 403 404 404 404
registry:autosave           returned  302 200 200 403 403 403 404 404 404
registry:materials          returned  302 302 302 403 403 403 404 404 404
registry:section            filed     302 409 409 403 403 403 404 404 404
registry:materials          filed     302 409 409 403 403 403 404 404 404
registry:reveal             filed     302 403 200 200 200 200 404 404 404
registry:move               review    302 403 302 403 403 403 404 404 404
registry:seen               filed     302 204 204 204 204 204 404 404 404
registry:take               filed     302 403 302 403 403 403 404 404 404
registry:put_back           filed     302 403 409 403 403 403 404 404 404
registry:take_over          inhand    302 403 302 403 403 403 404 404 404
registry:bulk               many      302 422 422 422 422 422 422 422 422
registry:absences           away      302 403 302 302 302 302 403 403 200
registry:absence_end        absence   302 404 404 302 302 302 404 404 404
registry:hand_over          hand      302 403 200 302 302 302 403 403 200
registry:move               submit    302 302 404 404 404 404 404 404 404
registry:move               withdraw  302 302 302 403 403 403 404 404 404
registry:ask                filed     302 403 302 403 403 403 404 404 404
registry:opinion            asked     302 404 302 302 302 302 404 404 404
registry:opinion_record     asked     302 404 200 403 403 403 404 404 404
registry:opinion_withdraw   asked     302 404 302 403 403 403 404 404 404
registry:nominate           org       302 404 302 302 403 403 403 404 404
registry:candidate_do       attest    302 404 302 302 302 403 403 404 404
registry:lift               ban       302 403 403 403 302 403 403 403 404
registry:convert            org       302 403 302 302 302 403 403 404 404
registry:open               change    302 302 302 302 302 403 403 404 404
registry:end                org       302 403 403 302 403 403 403 404 404
registry:end                listed    302 404 302 403 403 403 403 404 404
registry:calendar           set_day   302 403 403 403 302 403 403 403 302
registry:suspend            hold      302 403 302 403 403 403 404 404 404
registry:resume             hold      302 403 409 403 403 403 404 404 404
registry:hub                hub       302 404 404 302 403 403 403 404 404
supervision:sheet           district  302 404 404 404 302 403 403 404 404
supervision:sheet_batch     district  302 404 404 404 422 403 403 404 404
registry:release            post      302 404 404 302 403 403 403 404 404
filings:delegations         entrust   302 200 200 302 200 200 200 200 200
filings:revoke              given     302 404 403 302 403 403 403 404 404
filings:quick               -         302 403 200 403 403 403 403 403 403
filings:listing             listing   302 403 302 403 403 403 403 403 403
registry:placeact_new       newact    302 403 403 403 302 403 403 403 403
registry:placeact_agree     act       302 404 404 404 302 403 403 404 404
registry:placeact_drop      act       302 404 404 404 302 403 403 404 404
registry:placeacts_agree    acts      302 422 422 422 200 200 200 422 422
supervision:assign          target    302 404 404 404 422 403 403 404 404
supervision:assignment_do   errand    302 404 403 302 403 403 403 404 404
portal:alive                -         401 204 204 204 204 204 204 204 204
registry:notices_read       -         302 302 302 302 302 302 302 302 302
registry:mail               mail      302 302 302 302 302 302 302 302 302
registry:wording            wording   302 403 403 403 302 403 403 403 403
registry:invite             led       302 404 302 302 302 302 403 404 404
registry:ratingreview       low       302 404 404 302 302 404 404 404 404
registry:rate               rating    302 302 403 403 403 403 403 302 302
registry:contact            contact   302 302 302 302 302 302 302 302 302
registry:contact_login      phone     302 302 302 302 302 302 302 302 302
supervision:statistics      freeze    302 404 404 404 302 403 403 404 404
supervision:trial           district  302 404 404 404 400 400 400 404 404
portal:logout               -         302 302 302 302 302 302 302 302 302
"""
POST_ONLY = {
    "supervision:assign",
    "supervision:assignment_do",
    "registry:notices_read",
    "registry:invite",
    "registry:nominate",
    "registry:opinion_withdraw",
    "registry:unlock",
    "registry:retire_phrase",
    "registry:seen",
    "registry:take",
    "registry:placeact_agree",
    "registry:placeact_drop",
    "registry:placeacts_agree",
    "registry:put_back",
    "registry:take_over",
    "registry:absence_end",
    "registry:hand_over",
    "registry:from_name",
    "registry:reveal",
    "registry:release",
    "portal:alive",
    "portal:logout",
    "registry:start",
    "registry:autosave",
    "registry:upload",
    "registry:convert",
    "registry:open",
    "filings:revoke",
}
