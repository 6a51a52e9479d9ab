/** What the application shows on the workbench of the client: [D 92535]. */
export type WorkbenchFact =
  | { type: 'workbench-template'; template: Shown; forgetMembers: boolean }
  | { type: 'workbench-data'; userids: string[]; data: Shown; at: number; machineAt: number }

/** `items` of keydata; other kinds are kept as they came. */
export type Shown = { type: string; items: { key: string; data: string; jump_url: string }[]; body: unknown }

export type Workbench = {
  template: Shown | null
  members: Map<string, { data: Shown; at: number }>
  /** Machine times of the last minute's calls for each member. */
  calls: Map<string, number[]>
}

export const createWorkbench = (): Workbench => ({ template: null, members: new Map(), calls: new Map() })

export function applyWorkbench(workbench: Workbench, fact: WorkbenchFact): void {
  if (fact.type === 'workbench-template') {
    workbench.template = fact.template
    if (fact.forgetMembers) workbench.members.clear()
    return
  }
  for (const userid of fact.userids) {
    workbench.members.set(userid, { data: fact.data, at: fact.at })
    const minute = (workbench.calls.get(userid) ?? []).filter((t) => t > fact.machineAt - 60_000)
    workbench.calls.set(userid, [...minute, fact.machineAt])
  }
}

/** A member's own data, else the template's; nothing unless the application shows itself as keydata. */
export function keydataOf(workbench: Workbench, userid: string): Shown['items'] {
  if (workbench.template?.type !== 'keydata') return []
  return workbench.members.get(userid)?.data.items ?? workbench.template.items
}
