// Learning that somebody else has changed what is on the page. Realtime tells where there is one; else a short word is
// asked for now and then, which is another one after each change. Either way the page then reads for itself.

import { Refusal } from "./refusals.js";

const OFTEN = 4_000; // without Realtime
const SELDOM = 60_000; // with it: a message may be lost

/**
 * Watch something until the page is left.
 *
 * @param {object} options
 * @param {object} options.api
 * @param {string} options.topic the channel of Realtime that tells of it
 * @param {() => Promise<string>} options.read the word for how it is now
 * @param {() => Promise<void>} options.changed somebody else has changed it
 * @param {AbortSignal} options.signal
 * @returns {{ own: (work: () => Promise<unknown>) => Promise<unknown> }} `own` is for changes of this page, which are
 *   nothing new to it: the word is read anew when they are done
 */
export async function watchChanges({ api, topic, read, changed, signal }) {
  let known = await read();
  let isReached = false;
  let own = 0; // changes of this page that are under way
  let round = 0; // counts them, so that what was asked for before one is not taken for news after it
  let timer = 0;

  const look = async () => {
    clearTimeout(timer);
    if (signal.aborted) return;
    const before = round;
    try {
      if (!document.hidden && !own) {
        const word = await read();
        if (signal.aborted) return;
        if (!own && before === round && word !== known) {
          known = word;
          await changed();
        }
      }
    } catch (refusal) {
      // Without a connection there is nothing new; what is refused for good is not asked for again.
      if (!(refusal instanceof Refusal) || !refusal.isPassing) return;
    }
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(look, isReached ? SELDOM : OFTEN);
  };
  const looked = () => void look();

  document.addEventListener("visibilitychange", looked, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  timer = setTimeout(look, OFTEN);
  void api.listen(topic, { heard: looked, reach: (is) => (isReached = is), signal });

  return {
    async own(work) {
      own += 1;
      round += 1;
      try {
        const answer = await work();
        known = await read();
        return answer;
      } finally {
        own -= 1;
        round += 1;
      }
    },
  };
}
