import { Problem } from '#problem';

/** How many live credentials a ticket holds at most. */
const quota = 50;

/**
 * @param live how many the ticket holds already
 * @throws Problem `too-many`
 */
export function requireRoomForOne(live: number): void {
  if (live >= quota) throw new Problem('too-many', `A ticket holds at most ${quota} credentials`);
}
