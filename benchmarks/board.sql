-- The counts of all indicators by place head, in one statement written by hand. Parameters: first, end, width, day.
WITH place AS (
  SELECT code, level, area_class FROM registry_jurisdiction
  WHERE code >= %(first)s AND code < %(end)s AND level >= 4
    AND (starts IS NULL OR starts <= %(day)s) AND (ends IS NULL OR ends > %(day)s)
), role AS (
  SELECT id, organisation_id, serves_code, hub_type, is_hub FROM registry_hub
  WHERE starts <= %(day)s AND (ends IS NULL OR ends > %(day)s)
), held AS (
  SELECT s.place_code, s.kind, s.scope, s.legal_form, role.id IS NOT NULL AS is_hub, place.area_class,
    EXISTS (SELECT 1 FROM registry_partycoverage c WHERE c.organisation_id = s.organisation_id
            AND c.starts <= %(day)s AND (c.ends IS NULL OR c.ends > %(day)s)) AS covered
  FROM registry_standing s
  LEFT JOIN role ON role.organisation_id = s.organisation_id
  LEFT JOIN place ON place.code = s.place_code AND place.level = 5
  WHERE s.place_code >= %(first)s AND s.place_code < %(end)s
    AND s.starts <= %(day)s AND (s.ends IS NULL OR s.ends > %(day)s)
), staff AS (
  SELECT hub_id, COUNT(*) AS people FROM registry_hubstaff
  WHERE full_time AND starts <= %(day)s AND (ends IS NULL OR ends > %(day)s) GROUP BY hub_id
), served AS (
  SELECT role.serves_code,
    MAX(CASE WHEN s.kind = 'registered' AND role.is_hub AND hub_type IN ('federation', 'service_centre')
        THEN 1 ELSE 0 END) AS by_registered,
    MAX(CASE WHEN hub_type = 'federation' THEN 1 ELSE 0 END) AS by_federation,
    SUM(CASE WHEN hub_type IN ('federation', 'service_centre') THEN 1 ELSE 0 END) AS hubs,
    SUM(CASE WHEN hub_type IN ('federation', 'service_centre') AND people >= 2 THEN 1 ELSE 0 END) AS staffed
  FROM role
  JOIN registry_standing s ON s.organisation_id = role.organisation_id AND s.kind IN ('registered', 'filed')
    AND s.starts <= %(day)s AND (s.ends IS NULL OR s.ends > %(day)s)
  LEFT JOIN staff ON staff.hub_id = role.id
  WHERE role.serves_code >= %(first)s AND role.serves_code < %(end)s
  GROUP BY role.serves_code
), home AS (
  SELECT DISTINCT place_code FROM held
  WHERE kind = 'registered' AND legal_form = 'social_service_org' AND scope = 'community'
), parts AS (
  SELECT substr(place_code, 1, %(width)s) AS head,
    SUM(CASE WHEN kind <> 'listed' AND scope = 'community' AND NOT is_hub AND area_class = 'urban' THEN 1 ELSE 0 END) AS avg_urban,
    SUM(CASE WHEN kind <> 'listed' AND scope = 'community' AND NOT is_hub AND area_class = 'rural' THEN 1 ELSE 0 END) AS avg_rural,
    SUM(CASE WHEN kind <> 'listed' AND covered THEN 1 ELSE 0 END) AS party,
    SUM(CASE WHEN kind <> 'listed' THEN 1 ELSE 0 END) AS party_of,
    SUM(CASE WHEN kind = 'registered' THEN 1 ELSE 0 END) AS registered,
    SUM(CASE WHEN kind = 'filed' THEN 1 ELSE 0 END) AS filed,
    SUM(CASE WHEN kind = 'listed' THEN 1 ELSE 0 END) AS listed,
    SUM(CASE WHEN kind <> 'listed' AND (scope = 'street' OR is_hub) THEN 1 ELSE 0 END) AS set_apart,
    0 AS avg_urban_of, 0 AS avg_rural_of, 0 AS rural_service_org, 0 AS streets, 0 AS hub_registered, 0 AS hub_street,
    0 AS federation_street, 0 AS communities, 0 AS hub_community, 0 AS hub_staff, 0 AS hub_staff_of
  FROM held GROUP BY 1
  UNION ALL
  SELECT substr(code, 1, %(width)s), 0, 0, 0, 0, 0, 0, 0, 0,
    SUM(CASE WHEN level = 5 AND area_class = 'urban' THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 5 AND area_class = 'rural' THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 5 AND area_class = 'rural' AND home.place_code IS NOT NULL THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 4 THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 4 AND by_registered = 1 THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 4 AND serves_code IS NOT NULL THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 4 AND by_federation = 1 THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 5 THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 5 AND serves_code IS NOT NULL THEN 1 ELSE 0 END),
    SUM(CASE WHEN level = 4 THEN COALESCE(staffed, 0) ELSE 0 END),
    SUM(CASE WHEN level = 4 THEN COALESCE(hubs, 0) ELSE 0 END)
  FROM place LEFT JOIN served ON served.serves_code = place.code LEFT JOIN home ON home.place_code = place.code
  GROUP BY 1
)
SELECT head, SUM(avg_urban) AS avg_urban, SUM(avg_urban_of) AS avg_urban_of, SUM(avg_rural) AS avg_rural,
  SUM(avg_rural_of) AS avg_rural_of, SUM(hub_registered) AS hub_registered, SUM(streets) AS hub_registered_of,
  SUM(hub_street) AS hub_street, SUM(streets) AS hub_street_of, SUM(federation_street) AS federation_street,
  SUM(streets) AS federation_street_of, SUM(hub_community) AS hub_community, SUM(communities) AS hub_community_of,
  SUM(rural_service_org) AS rural_service_org, SUM(avg_rural_of) AS rural_service_org_of,
  SUM(hub_staff) AS hub_staff, SUM(hub_staff_of) AS hub_staff_of, SUM(party) AS party, SUM(party_of) AS party_of,
  SUM(registered) AS registered, SUM(filed) AS filed, SUM(listed) AS listed, SUM(set_apart) AS set_apart
FROM parts GROUP BY head
