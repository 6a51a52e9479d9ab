export function demoCard(of: {
  env: Record<string, string>
  home: string
  port: number
  pids: Record<string, number>
}): Record<string, unknown>
