/** Far above what a platform sends (a group change with every member is some 30 KB), far below what hurts. */
export const maxCallbackBytes = 256 * 1024
