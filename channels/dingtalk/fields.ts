export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Field names come as `UserId`, `userId` and `userID`, by event and by age: `name` is ours, in camel case. */
export function findField(told: Json, name: string): unknown {
  if (told[name] !== undefined) return told[name]
  const plain = name.toLowerCase()
  for (const [key, value] of Object.entries(told)) if (key.toLowerCase() === plain) return value
  return undefined
}

/** As text; '' where there is none. */
export function fieldOf(told: Json, name: string): string {
  const value = findField(told, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** One or several, as text. */
export function listOf(told: Json, name: string): string[] {
  const value = findField(told, name)
  const list = Array.isArray(value) ? value : [value]
  return list.flatMap((one) => ((typeof one === 'string' && one !== '') || typeof one === 'number' ? [String(one)] : []))
}

/** JSON that travels as text within JSON; null when it is none. */
export function readObject(value: unknown): Json | null {
  if (isObject(value)) return value
  if (typeof value !== 'string') return null
  try {
    const read = JSON.parse(value)
    return isObject(read) ? read : null
  } catch {
    return null
  }
}
