import { dingtalkView } from '../../domain/connection/connection.contract.js'
import { describePeople, dingtalkLinks, findHeard } from '../../domain/connection/describe-dingtalk.js'
import type { ApiDeps, Route } from './route.js'

/** 钉钉: how it stands with the connection, and what is to be copied into its console. */
export const dingtalkRoutes = (deps: ApiDeps): Route[] => {
  /** Pages count by business time, the inbox by the machine's. */
  const aheadMs = async () => (await deps.clock.now(deps.db)).getTime() - deps.clock.machineNow().getTime()
  return [
    {
      method: 'GET',
      path: '/api/admin/dingtalk',
      async handle(ctx) {
        const { dingtalk, server } = deps.config
        const status = deps.dingtalkStreams?.status()
        ctx.body = dingtalkView.parse({
          dingtalk: dingtalk && {
            mode: dingtalk.mode,
            streams: status ? { standing: status.standing, wanted: dingtalk.streams, trouble: status.trouble } : null,
            heard: await findHeard(deps.db, await aheadMs()),
            cards: dingtalk.cardTemplateId !== null,
            people: await describePeople(deps.db),
            links: dingtalkLinks(server.publicUrl),
          },
        })
      },
    },
  ]
}
