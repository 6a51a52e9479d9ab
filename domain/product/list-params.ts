import type { Reader } from '../../lib/db.js'
import type { ParamLibrary } from './product.contract.js'

const MOST_NAMES = 60
const MOST_VALUES = 12

/** 参数库: what products say of themselves, those of one line or all. Whoever writes the next one need not invent its words. */
export async function listParams(db: Reader, line: string | null): Promise<ParamLibrary> {
  const rows = await db.$queryRaw<{ name: string; values: string[] }[]>`
    WITH said AS (
      SELECT p.value ->> 'name' AS name, p.value ->> 'value' AS value, count(*) AS times
      FROM product, jsonb_array_elements(params) AS p
      WHERE stopped_at IS NULL AND (${line}::text IS NULL OR line = ${line}::text) GROUP BY 1, 2
    )
    SELECT name, (array_agg(value ORDER BY times DESC, value))[1:${MOST_VALUES}::int] AS values
    FROM said GROUP BY name ORDER BY sum(times) DESC, name LIMIT ${MOST_NAMES}`
  return { params: rows }
}
