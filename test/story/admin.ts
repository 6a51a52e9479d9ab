import type { Responder } from '../../domain/rule/responders.contract.js'
import type { Scene } from './scene.js'

/** The administrator sets who answers for what, as the settings page will: logged in, by the API. */
export async function setResponders({ rig, browser }: Scene, change: (rows: Responder[]) => Responder[]): Promise<void> {
  const page = await browser.page()
  await page.goto(`${rig.hostOf('heping')}/h5/customers`)
  await page.getByRole('heading', { name: '选一位客户' }).waitFor()
  const path = '/api/admin/rules/responders'
  const { value } = await page.evaluate(async (at) => (await fetch(at)).json() as Promise<{ value: Responder[] }>, path)
  const status = await page.evaluate(
    async ([at, rows]) => {
      const body = JSON.stringify({ requestId: crypto.randomUUID(), value: rows })
      return (await fetch(at, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status
    },
    [path, change(value)] as const,
  )
  if (status !== 200) throw new Error(`the responders were refused with ${status}`)
  await page.context().close()
}
