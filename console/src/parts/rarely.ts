/**
 * Makes of many calls few: the first is done at once, those that follow within the pause are done once, at its end.
 */
export function rarely(pauseMs: number, work: () => void): { call(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const call = () => {
    if (timer !== undefined) {
      isAsked = true;
      return;
    }
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isAsked) return;
      isAsked = false;
      call();
    }, pauseMs);
  };
  return { call, cancel: () => clearTimeout(timer) };
}
