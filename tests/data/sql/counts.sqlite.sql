-- recovery 保険証回収率: recovered_cards / cards_to_recover >= prior year (95.7%)
--   計画の例, 2, p. 5 (catalog.yaml:82)
-- single_bid_share 一者応札割合: single_bids / tenders <= 20%; single_bids <= 1 case when tenders <= 4
--   計画の例, 3, p. 6 (catalog.yaml:88)
WITH numbers AS (
  SELECT
    organisation,
    CASE
      WHEN fiscal_year IS NOT NULL
      AND COUNT(organisation) OVER (PARTITION BY organisation, fiscal_year) > 1
      THEN ABS(
        -9223372036854775807 - (
          COUNT(organisation) OVER (PARTITION BY organisation, fiscal_year) IS NOT NULL
        )
      )
      ELSE fiscal_year
    END AS fiscal_year,
    CASE
      WHEN NOT recovered_cards BETWEEN 0 AND 1000000000
      OR recovered_cards <> CAST(recovered_cards AS INTEGER)
      THEN ABS(-9223372036854775807 - (
        recovered_cards IS NOT NULL
      ))
      ELSE CAST(recovered_cards AS INTEGER)
    END AS recovered_cards,
    CASE
      WHEN NOT cards_to_recover BETWEEN 0 AND 1000000000
      OR cards_to_recover <> CAST(cards_to_recover AS INTEGER)
      THEN ABS(-9223372036854775807 - (
        cards_to_recover IS NOT NULL
      ))
      ELSE CAST(cards_to_recover AS INTEGER)
    END AS cards_to_recover,
    CASE
      WHEN NOT single_bids BETWEEN 0 AND 1000000000000000
      OR single_bids <> CAST(single_bids AS INTEGER)
      THEN ABS(-9223372036854775807 - (
        single_bids IS NOT NULL
      ))
      ELSE CAST(single_bids AS INTEGER)
    END AS single_bids,
    CASE
      WHEN NOT tenders BETWEEN 0 AND 1000000000000000 OR tenders <> CAST(tenders AS INTEGER)
      THEN ABS(-9223372036854775807 - (
        tenders IS NOT NULL
      ))
      ELSE CAST(tenders AS INTEGER)
    END AS tenders
  FROM counts
)
SELECT
  numbers.organisation,
  numbers.fiscal_year,
  numbers.recovered_cards,
  numbers.cards_to_recover,
  numbers.single_bids,
  numbers.tenders,
  CASE
    WHEN (
      numbers.organisation IN ('iwate', '岩手支部', 'Iwate branch')
      AND numbers.fiscal_year = 2021
    )
    THEN CASE
      WHEN numbers.recovered_cards IS NOT NULL
      AND numbers.cards_to_recover IS NOT NULL
      AND numbers.cards_to_recover <> 0
      THEN CASE
        WHEN 1000 * numbers.recovered_cards >= CAST(957 AS INTEGER) * numbers.cards_to_recover
        THEN 'achieved'
        ELSE 'missed'
      END
      ELSE 'not_evaluable'
    END
    ELSE CASE
      WHEN numbers.recovered_cards IS NOT NULL
      AND numbers.cards_to_recover IS NOT NULL
      AND numbers.cards_to_recover <> 0
      AND last_year.recovered_cards IS NOT NULL
      AND last_year.cards_to_recover IS NOT NULL
      AND last_year.cards_to_recover <> 0
      THEN CASE
        WHEN numbers.recovered_cards * last_year.cards_to_recover >= last_year.recovered_cards * numbers.cards_to_recover
        THEN 'achieved'
        ELSE 'missed'
      END
      ELSE 'not_evaluable'
    END
  END AS recovery_outcome,
  CASE
    WHEN numbers.recovered_cards IS NOT NULL
    AND numbers.cards_to_recover IS NOT NULL
    AND numbers.cards_to_recover <> 0
    THEN CAST(numbers.recovered_cards AS REAL) * 100 / CAST(numbers.cards_to_recover AS REAL)
  END AS recovery_value,
  CASE
    WHEN (
      numbers.organisation IN ('iwate', '岩手支部', 'Iwate branch')
      AND numbers.fiscal_year = 2021
    )
    THEN CAST(CAST(957 AS INTEGER) AS REAL) * 100 / CAST(1000 AS REAL)
    ELSE CASE
      WHEN last_year.recovered_cards IS NOT NULL
      AND last_year.cards_to_recover IS NOT NULL
      AND last_year.cards_to_recover <> 0
      THEN CAST(last_year.recovered_cards AS REAL) * 100 / CAST(last_year.cards_to_recover AS REAL)
    END
  END AS recovery_target,
  CASE
    WHEN (
      numbers.organisation IN ('iwate', '岩手支部', 'Iwate branch')
      AND numbers.fiscal_year = 2021
    )
    THEN CASE
      WHEN numbers.recovered_cards IS NOT NULL
      AND numbers.cards_to_recover IS NOT NULL
      AND numbers.cards_to_recover <> 0
      THEN CAST(1000 * numbers.recovered_cards - CAST(957 AS INTEGER) * numbers.cards_to_recover AS REAL) * 100 / CAST(1000 * numbers.cards_to_recover AS REAL)
    END
    ELSE CASE
      WHEN numbers.recovered_cards IS NOT NULL
      AND numbers.cards_to_recover IS NOT NULL
      AND numbers.cards_to_recover <> 0
      AND last_year.recovered_cards IS NOT NULL
      AND last_year.cards_to_recover IS NOT NULL
      AND last_year.cards_to_recover <> 0
      THEN CAST(numbers.recovered_cards * last_year.cards_to_recover - last_year.recovered_cards * numbers.cards_to_recover AS REAL) * 100 / CAST(numbers.cards_to_recover * last_year.cards_to_recover AS REAL)
    END
  END AS recovery_margin,
  CASE
    WHEN numbers.tenders IS NOT NULL
    AND numbers.tenders <= 4
    AND numbers.single_bids IS NOT NULL
    THEN CASE WHEN numbers.single_bids <= 1 THEN 'achieved' ELSE 'missed' END
    WHEN NOT (
      numbers.tenders IS NOT NULL AND numbers.tenders > 4
    )
    THEN 'not_evaluable'
    WHEN numbers.single_bids IS NOT NULL
    AND numbers.tenders IS NOT NULL
    AND numbers.tenders <> 0
    THEN CASE
      WHEN 5 * numbers.single_bids <= numbers.tenders
      THEN 'achieved'
      ELSE 'missed'
    END
    ELSE 'not_evaluable'
  END AS single_bid_share_outcome,
  CASE
    WHEN numbers.tenders <= 4
    THEN CASE
      WHEN numbers.tenders IS NOT NULL AND numbers.single_bids IS NOT NULL
      THEN CAST(numbers.single_bids AS REAL)
    END
    ELSE CASE
      WHEN numbers.tenders IS NOT NULL
      AND numbers.single_bids IS NOT NULL
      AND numbers.tenders <> 0
      THEN CAST(numbers.single_bids AS REAL) * 100 / CAST(numbers.tenders AS REAL)
    END
  END AS single_bid_share_value,
  CASE
    WHEN numbers.tenders <= 4
    THEN CASE WHEN numbers.tenders IS NOT NULL THEN CAST('1.0' AS REAL) END
    ELSE CASE WHEN numbers.tenders IS NOT NULL THEN CAST('20.0' AS REAL) END
  END AS single_bid_share_target,
  CASE
    WHEN numbers.tenders <= 4
    THEN CASE
      WHEN numbers.tenders IS NOT NULL AND numbers.single_bids IS NOT NULL
      THEN CAST(1 - numbers.single_bids AS REAL)
    END
    ELSE CASE
      WHEN numbers.tenders IS NOT NULL
      AND numbers.single_bids IS NOT NULL
      AND numbers.tenders <> 0
      THEN CAST(numbers.tenders - 5 * numbers.single_bids AS REAL) * 100 / CAST(5 * numbers.tenders AS REAL)
    END
  END AS single_bid_share_margin
FROM numbers
LEFT JOIN numbers AS last_year
  ON last_year.organisation = numbers.organisation
  AND last_year.fiscal_year = numbers.fiscal_year - 1
ORDER BY
  1 NULLS LAST,
  2 NULLS LAST
