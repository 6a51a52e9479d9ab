import DataLoader from 'dataloader'
import { ChannelError } from '../channels/channel-error.js'
import type { Wecom } from '../channels/wecom/client.js'
import { createWorkbench, type KeyData } from '../channels/wecom/workbench.js'

type Tile = { userid: string; items: KeyData[] }
type Setter = DataLoader<Tile, true>

const setters = new WeakMap<Wecom, Setter>()

/**
 * Sets the numbers on one member's tile. Those that are set at the same moment to the same numbers are one call: after the
 * morning's cards hundreds say 「待办 1」. Throws a ChannelError for the one who is refused.
 */
export async function setNumbers(wecom: Wecom, tile: Tile): Promise<void> {
  const setter = setters.get(wecom) ?? createSetter(wecom)
  setters.set(wecom, setter)
  await setter.load(tile)
}

function createSetter(wecom: Wecom): Setter {
  const workbench = createWorkbench(wecom)

  async function set(userids: string[], items: KeyData[]): Promise<void> {
    const [first = '', ...others] = userids
    const call = () => (others.length === 0 ? workbench.setNumbers(first, items) : workbench.setNumbersOfMany(userids, items))
    await call().catch(async (error) => {
      if (!hasNoTemplate(error)) throw error
      // The tile shows no numbers yet, or an administrator set it back.
      await workbench.setTemplate(items.map((item) => ({ ...item, data: '0' })))
      await call()
    })
  }

  /** Refused for many, it is asked for each: who can't have it is no reason for the others. */
  async function setAll(userids: string[], items: KeyData[]): Promise<Map<string, true | Error>> {
    try {
      await set(userids, items)
      return new Map(userids.map((userid) => [userid, true]))
    } catch (error) {
      const refused = error instanceof ChannelError && error.kind !== 'retry' && error.kind !== 'refresh'
      if (!refused || userids.length === 1) return new Map(userids.map((userid) => [userid, error as Error]))
      const each = await Promise.all(userids.map((userid) => setAll([userid], items)))
      return new Map(each.flatMap((one) => [...one]))
    }
  }

  return new DataLoader<Tile, true>(
    async (tiles) => {
      const groups = new Map<string, Tile[]>()
      for (const tile of tiles) {
        const same = JSON.stringify(tile.items)
        groups.set(same, [...(groups.get(same) ?? []), tile])
      }
      const done = new Map<string, true | Error>()
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const userids = group.map(({ userid }) => userid)
          for (const [userid, result] of await setAll(userids, group[0]?.items ?? [])) done.set(userid, result)
        }),
      )
      return tiles.map(({ userid }) => done.get(userid) ?? true)
    },
    { cache: false, maxBatchSize: 1_000 },
  )
}

const NO_TEMPLATE = 40058
const hasNoTemplate = (error: unknown) => error instanceof ChannelError && error.code === NO_TEMPLATE
