import type { IncomingMessage, ServerResponse } from 'node:http'
import { ZodError, z } from 'zod'
import { describe } from '../../lib/log.js'
import type { Doorbell } from '../doorbell.js'
import { answerJson, pathOf, queryOf, readBody } from '../http.js'
import { ControlError } from './error.js'
import type { Parts } from './route.js'
import { ROUTES } from './routes.js'

const PREFIX = '/__standin/'

/** The control API. A page of another origin may not steer the stand-in, though its browser could reach it. */
export async function answerControl(parts: Parts, doorbell: Doorbell, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { origin, host } = req.headers
  if (origin && (!URL.canParse(origin) || new URL(origin).host !== host)) return answerJson(res, { error: 'foreign origin' }, 403)
  const name = pathOf(req).slice(PREFIX.length)
  if (req.method === 'GET' && name === 'events') return doorbell.answer(req, res)
  const route = ROUTES[`${req.method} ${name}`]
  if (!route) return answerJson(res, { error: `no ${req.method} ${name}` }, 404)
  try {
    const bytes = await readBody(req, 8_000_000)
    const body: unknown = bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : {}
    answerJson(res, await route(parts, { query: queryOf(req), body }))
  } catch (error) {
    if (error instanceof ControlError) return answerJson(res, { error: error.message }, error.status)
    if (error instanceof ZodError) return answerJson(res, { error: z.prettifyError(error) }, 400)
    if (error instanceof SyntaxError) return answerJson(res, { error: 'the body is not JSON' }, 400)
    parts.deps.log.error({ route: name, ...describe(error) }, 'control call failed')
    answerJson(res, { error: describe(error).error }, 503)
  }
}
