import { computed, onScopeDispose, type Ref, ref } from 'vue'

/** True while the window answers to the media query. */
function useMedia(query: string): Ref<boolean> {
  const media = matchMedia(query)
  const matches = ref(media.matches)
  const follow = () => {
    matches.value = media.matches
  }
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return matches
}

/** What fits. The same widths stand in the styles of DeskApp, which has the columns, and of PhoneWall. */
export function useScreen() {
  const tabbed = useMedia('(max-width: 1239.98px)')
  const narrow = useMedia('(max-width: 699.98px)')
  const low = useMedia('(max-height: 719.98px)')
  const wide = useMedia('(min-width: 1800px)')
  const vast = useMedia('(min-width: 2240px)')
  const seats = computed(() => {
    if (vast.value) return 3
    if (narrow.value) return 1
    if (wide.value || tabbed.value) return 2
    return low.value ? 1 : 2
  })
  return { tabbed, seats }
}
