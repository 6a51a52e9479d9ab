/** Line icons on a 24 grid, as paths: the few that the pages use cost less than any icon font. */
export const ICONS = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  paste: 'M9 4.5h6v3H9zM9 6H6v14h12V6h-3M9 12h6M9 16h4',
  capture: 'M12 3.5c4 4.5 6.5 8 6.5 11.5a6.5 6.5 0 0 1-13 0C5.5 11.5 8 8 12 3.5zM9.5 14.5l2 2 3.5-4',
  chat: 'M4 5.5h16v11H11l-4 3.5v-3.5H4z',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.5l3 1.5',
  more: 'M5 12a.8.8 0 1 0 .01 0M12 12a.8.8 0 1 0 .01 0M19 12a.8.8 0 1 0 .01 0',
  todo: 'M4.5 7l1.5 1.5L8.5 6M4.5 16l1.5 1.5L8.5 15M12 7.5h7.5M12 16.5h7.5',
  offline: 'M4 4l16 16M7 17.5h10M5 12.5a10 10 0 0 1 4-2.5M19 12.5a10 10 0 0 0-5.5-3',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.5-4 3.5-6 7-6s6.5 2 7 6',
  group:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 19.5c.4-3.5 3-5.5 6-5.5s5.6 2 6 5.5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2 .8 3.3 2.6 3.5 5.2',
  sad: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM9 10v.5M15 10v.5M9 16c1.5-2 4.5-2 6 0',
} as const

export type IconName = keyof typeof ICONS
