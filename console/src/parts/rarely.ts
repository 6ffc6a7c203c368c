/**
 * Makes of many calls few: those that come within the pause after one are done once, at its end.
 * @param first when a call is done that comes after no other: at once, or when the pause has gone by
 */
export function rarely(
  pauseMs: number,
  work: () => void,
  first: 'now' | 'later' = 'now',
): { call(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const pause = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) run();
    }, pauseMs);
  };
  const run = () => {
    isAsked = false;
    work();
    pause();
  };
  return {
    call() {
      if (timer === undefined && first === 'now') return run();
      isAsked = true;
      if (timer === undefined) pause();
    },
    cancel: () => clearTimeout(timer),
  };
}
