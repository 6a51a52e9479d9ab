import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { worldFile } from '../../scripts/demo/settings.mjs'
import type { Rig } from '../rig/rig.js'
import { makeTemp } from '../setup/temp.js'

const TEAM_OF = 12

/** The demo's organisation with so many people in it, and nobody's chats. Returns its file, for platform and seed alike. */
export async function writeBigWorld(people: number): Promise<string> {
  const world = JSON.parse(await readFile(worldFile, 'utf8'))
  const members = Array.from({ length: people }, (_, i) => ({
    userid: `p${i}`,
    name: `员工${String(i).padStart(4, '0')}`,
    title: '销售',
    roles: i === 0 ? ['manager', 'rep'] : i % TEAM_OF === 0 ? ['lead', 'rep'] : ['rep'],
    team: world.teams[0],
    // Some have no phone, some no mail.
    mobile: i % 10 === 3 ? null : `139${String(i).padStart(8, '0')}`,
    mail: i % 14 === 5 ? null : `p${i}@yonggu.example`,
  }))
  const path = join(await makeTemp('world'), 'world.json')
  await writeFile(path, JSON.stringify({ ...world, people: members, customers: [], chats: [], responders: [], groups: [] }))
  return path
}

/** Every twelfth leads the eleven after them; the first leads the leads. */
export async function giveManagers(rig: Rig): Promise<void> {
  await rig.db.$executeRaw`
    UPDATE person SET manager_id = lead.person_id FROM identity own, identity lead
    WHERE own.person_id = person.id AND own.value LIKE 'p%' AND lead.value = 'p' || CASE
      WHEN substr(own.value, 2)::int % ${TEAM_OF}::int = 0 THEN 0
      ELSE substr(own.value, 2)::int / ${TEAM_OF}::int * ${TEAM_OF}::int END
      AND own.value <> 'p0'`
}
