-- prompt_payment サービススタンダードの達成率: paid_within_standard / claims_paid = 100%
--   計画の例, 1, p. 4 (catalog.yaml:77)
-- paid_within_standard = count(claims where standard and business_days(received, paid) <= 10)
-- claims_paid = count(claims where standard)
WITH claims_records AS (
  SELECT
    claims.branch AS organisation,
    CASE
      WHEN EXTRACT(MONTH FROM claims.received) < 4
      THEN EXTRACT(YEAR FROM claims.received) - 1
      ELSE EXTRACT(YEAR FROM claims.received)
    END AS fiscal_year,
    claims.paid AS paid,
    claims.lost AS lost,
    claims.received AS received,
    claims.paid BETWEEN claims.received AND received_and_10.last_day AS within_10_business_days_received_paid,
    NOT claims.received BETWEEN (
      SELECT
        MIN(day)
      FROM calendar
    ) AND (
      SELECT
        MAX(day)
      FROM calendar
    )
    OR NOT claims.paid BETWEEN (
      SELECT
        MIN(day)
      FROM calendar
    ) AND (
      SELECT
        MAX(day)
      FROM calendar
    ) AS no_business_days_received_paid,
    (
      claims.paid IS NOT NULL AND NOT claims.lost
    ) AS standard
  FROM claims
  LEFT JOIN (
    SELECT
      early.day,
      COALESCE(MAX(late.day), (
        SELECT
          MAX(day)
        FROM calendar
      )) AS last_day
    FROM calendar AS early
    LEFT JOIN calendar AS late
      ON late.business_days = early.business_days + 10
    GROUP BY
      early.day
  ) AS received_and_10
    ON received_and_10.day = claims.received
), claims_counts AS (
  SELECT
    organisation,
    fiscal_year,
    CASE
      WHEN COALESCE(COUNT_IF(no_business_days_received_paid), 0) = 0
      THEN COALESCE(COUNT_IF(standard AND within_10_business_days_received_paid), 0)
    END AS paid_within_standard,
    COALESCE(COUNT_IF(standard), 0) AS claims_paid
  FROM claims_records
  GROUP BY
    1,
    2
), numbers AS (
  SELECT
    organisation,
    fiscal_year,
    CAST(paid_within_standard AS DECIMAL(38, 0)) AS paid_within_standard,
    CAST(claims_paid AS DECIMAL(38, 0)) AS claims_paid
  FROM claims_counts
)
SELECT
  numbers.organisation,
  numbers.fiscal_year,
  numbers.paid_within_standard,
  numbers.claims_paid,
  CASE
    WHEN numbers.paid_within_standard IS NOT NULL
    AND numbers.claims_paid IS NOT NULL
    AND numbers.claims_paid <> 0
    THEN CASE
      WHEN numbers.paid_within_standard = numbers.claims_paid
      THEN 'achieved'
      ELSE 'missed'
    END
    ELSE 'not_evaluable'
  END AS prompt_payment_outcome,
  CASE
    WHEN numbers.paid_within_standard IS NOT NULL
    AND numbers.claims_paid IS NOT NULL
    AND numbers.claims_paid <> 0
    THEN CAST(numbers.paid_within_standard AS DOUBLE) * 100 / CAST(numbers.claims_paid AS DOUBLE)
  END AS prompt_payment_value,
  CAST('100.0' AS DOUBLE) AS prompt_payment_target,
  CASE
    WHEN numbers.paid_within_standard IS NOT NULL
    AND numbers.claims_paid IS NOT NULL
    AND numbers.claims_paid <> 0
    THEN CAST((
      -1
    ) * CASE
      WHEN numbers.paid_within_standard - numbers.claims_paid < 0
      THEN numbers.claims_paid - numbers.paid_within_standard
      ELSE numbers.paid_within_standard - numbers.claims_paid
    END AS DOUBLE) * 100 / CAST(numbers.claims_paid AS DOUBLE)
  END AS prompt_payment_margin
FROM numbers
ORDER BY
  1 NULLS LAST,
  2 NULLS LAST
