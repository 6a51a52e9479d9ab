import Bull from 'bull'
import { Redis } from 'ioredis'
import pg from 'pg'

/**
 * The least that could say something at a time: a raw Bull job for each, which writes one row and posts one message. No
 * claim, no receipt, no retry: it loses and doubles.
 */
const { DATABASE_URL, REDIS_URL = '', WECOM_API_BASE, WECOM_CORP_ID, WECOM_SECRET, WECOM_AGENT_ID } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 })
await pool.query(
  'CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, person text NOT NULL, at timestamptz NOT NULL)',
)
const connect = () => new Redis(REDIS_URL, { maxRetriesPerRequest: null, enableReadyCheck: false })
const [client, subscriber] = [connect(), connect()]
const queue = new Bull<{ userid: string; title: string }>('floor', {
  createClient: (type) => (type === 'client' ? client : type === 'subscriber' ? subscriber : connect()),
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
})
const login = new URLSearchParams({ corpid: WECOM_CORP_ID ?? '', corpsecret: WECOM_SECRET ?? '' })
const { access_token } = (await (await fetch(`${WECOM_API_BASE}/cgi-bin/gettoken?${login}`)).json()) as { access_token: string }

void queue.process(50, async ({ id, data: { userid, title } }) => {
  await pool.query('INSERT INTO bench_floor (person, at) VALUES ($1, now())', [userid])
  const card = {
    card_type: 'text_notice',
    source: { desc: '不漏' },
    main_title: { title },
    card_action: { type: 1, url: 'https://bulou.example.com/h5/' },
    task_id: `floor-${id}-${Date.now()}`,
  }
  const body = { touser: userid, msgtype: 'template_card', agentid: Number(WECOM_AGENT_ID), template_card: card }
  const headers = { 'content-type': 'application/json' }
  const url = `${WECOM_API_BASE}/cgi-bin/message/send?access_token=${access_token}`
  await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
})

process.on('message', async (jobs: { userid: string; due: number; title: string }[]) => {
  const now = Date.now()
  await queue.addBulk(jobs.map(({ due, ...data }) => ({ data, opts: { delay: Math.max(0, due - now) } })))
  console.log('floor loaded')
})
console.log('floor ready')
