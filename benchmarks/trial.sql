-- The rule of a trial by hand: who may be registered at 30,000 yuan, who at 2,000, in one scan, by street.
-- The same answer as `supervision.trials.reach.scan` for an edit of CN.04 (national fall-back, no other document).
-- Parameters: day, width, before, after.
WITH held AS (
  SELECT substr(s.place_code, 1, %(width)s) AS head, s.kind,
    CASE WHEN s.legal_form = 'none' THEN 'association' ELSE s.legal_form END AS form,
    o.capital, o.individual_members AS people, o.unit_members AS units, o.premises,
    COALESCE(o.individual_members, 0) + COALESCE(o.unit_members, 0) AS heads,
    o.individual_members IS NOT NULL AND o.unit_members IS NOT NULL AS complete
  FROM registry_standing s JOIN registry_organisation o ON o.id = s.organisation_id
  WHERE s.starts <= %(day)s AND (s.ends IS NULL OR s.ends > %(day)s)
), judged AS (
  SELECT head, kind, capital, form,
    premises = 'own' AND CASE form
      WHEN 'association' THEN
        (units > 0 AND people > 0 AND heads >= 50)
        OR (units > 0 AND COALESCE(people, 0) = 0 AND ((complete AND heads >= 30) OR heads >= 50))
        OR (COALESCE(units, 0) = 0 AND heads >= 50)
      WHEN 'foundation' THEN capital >= 2000000
      ELSE TRUE END AS rest
  FROM held
), tiers AS (
  SELECT head, kind,
    CASE WHEN rest AND (form <> 'association' OR capital >= %(before)s) THEN 'registered' ELSE 'filed' END AS before,
    CASE WHEN rest AND (form <> 'association' OR capital >= %(after)s) THEN 'registered' ELSE 'filed' END AS after
  FROM judged
)
SELECT head, kind, before, after, COUNT(*) AS many FROM tiers GROUP BY head, kind, before, after
