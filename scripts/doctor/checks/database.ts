import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { migrationsFolder } from '../../../lib/migrate.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'

const oldest = 15

const check: Check = {
  name: 'database',
  title: '数据库',
  async run({ get, timeoutMs }) {
    const connectionString = get('DATABASE_URL')
    if (!connectionString) return look('用自带的数据库，现在没有运行', 'npm start 之后再运行一次')
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs })
    client.on('error', () => {})
    try {
      await client.connect()
      return await inspect(client)
    } catch (error) {
      return cannotConnect(error)
    } finally {
      await client.end().catch(() => {})
    }
  },
}
export default check

async function inspect(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ version: string; encoding: string; prepared: string }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`,
  )
  const version = Math.floor(Number(rows[0]?.version ?? 0) / 10_000)
  if (version < oldest) return broken(`PostgreSQL ${version} 太旧`, `升级到 ${oldest} 或更新的版本`)
  if (rows[0]?.encoding !== 'UTF8') return broken(`数据库的编码是 ${rows[0]?.encoding}，存不了中文`, '新建一个 UTF8 编码的数据库')
  const state = await migrations(client)
  return state ?? ok(`PostgreSQL ${version}，结构是最新的`)
}

/** Null: as this code wants it, or ahead of it. */
async function migrations(client: pg.Client): Promise<Finding | null> {
  const { rows: tables } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`)
  if (!tables[0]?.there) return broken('数据库连得上，但还是空的', '运行 npm start，它会自己建好')
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row]))
  const missing: string[] = []
  for (const entry of await readdir(migrationsFolder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const row = applied.get(entry.name)
    if (!row) missing.push(entry.name)
    else if (!row.finished_at)
      return broken(`升级 ${entry.name} 做到一半停了`, '恢复备份，或请开发者修好后 npx prisma migrate resolve')
    else if (row.checksum !== (await checksumOf(entry.name)))
      return broken(`升级 ${entry.name} 的内容和当时不一样了`, '重新部署没有改动过的版本')
  }
  return missing.length > 0 ? broken(`还差 ${missing.length} 步升级`, '重新运行 npm start，它会自己升级') : null
}

async function checksumOf(name: string): Promise<string> {
  const sql = await readFile(new URL(`${name}/migration.sql`, migrationsFolder))
  return createHash('sha256').update(sql).digest('hex')
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html. The message itself may quote the address: it isn't shown. */
function cannotConnect(error: unknown): Finding {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000')
    return broken('数据库不认 DATABASE_URL 里的用户名或密码', '改好 DATABASE_URL；密码里的特殊字符要写成 %XX')
  if (code === '3D000') return broken('数据库服务器上没有 DATABASE_URL 里的那个库', '先建好这个库（UTF8 编码）')
  if (code === 'ECONNREFUSED' || code === 'ENOENT')
    return broken('数据库没有运行，或地址端口不对', '启动 PostgreSQL，核对 DATABASE_URL')
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return broken('DATABASE_URL 里的主机名解析不了', '核对 DATABASE_URL')
  return broken(`数据库连不上${code ? `（${code}）` : ''}`, '核对 DATABASE_URL，看看数据库的防火墙和连接数')
}
