// The demo's ports. One that is taken by what a killed demo left behind is waited for; by anybody else, named.
import { freePort, holderOfPort, isFree } from '../host/ports.mjs'
import { isAlive, waitUntil } from '../host/process.mjs'

/** @param earlier the demo.json of the last run, or null */
export async function demoPorts({ earlier, say }) {
  const port = Number(process.env.PORT || 3300)
  if (!Number.isInteger(port) || port < 1 || port > 65534)
    throw new Error(`PORT must be a number from 1 to 65534, not ${process.env.PORT}`)
  if (!(await isFree(port))) {
    const leaving = Object.values(earlier?.pids ?? {}).filter(isAlive)
    if (leaving.length) {
      say('Waiting for the last demo to stop…')
      await waitUntil(() => isFree(port), 20_000, 200)
    }
    if (!(await isFree(port))) throw new Error(taken(port))
  }
  const productPort = await freePort(port + 1)
  return { port, productPort, smtpPort: await freePort(productPort + 1) }
}

function taken(port) {
  const holder = holderOfPort(port)
  const whom = holder ? ` by process ${holder.pid} (${holder.command.slice(0, 120)})` : ''
  return `Port ${port} is taken${whom}. Stop it, or choose another: PORT=${port + 100} npm run demo`
}
