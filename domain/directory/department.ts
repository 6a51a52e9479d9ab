/** As the platform tells it. `leaders`: userids. */
export type Department = { id: number; name: string; parent: number; leaders: string[] }
