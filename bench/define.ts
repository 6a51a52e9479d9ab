/** An aim that an issue names, and whether this run meets it. */
export type Goal = { name: string; value: number; op: '<=' | '>='; goal: number; ok: boolean }

/** One folder in bench/ with a bench.ts that default-exports one of these. `say` tells a person how it goes. */
export type Bench = {
  name: string
  run(say: (line: string) => void): Promise<{ results: Record<string, unknown>; goals: Goal[] }>
}
export const defineBench = (bench: Bench): Bench => bench

export function goal(name: string, value: number, aim: { op: '<=' | '>='; goal: number }): Goal {
  const rounded = Number(value.toPrecision(4))
  return { name, value: rounded, ...aim, ok: aim.op === '<=' ? rounded <= aim.goal : rounded >= aim.goal }
}
