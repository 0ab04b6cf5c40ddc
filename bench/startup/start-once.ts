import { setTimeout as sleep } from 'node:timers/promises';
import { type Memory, residentMemory, residentOf } from '../against/memory.js';
import { type Workshop } from '../against/workshop.js';

export interface Start {
  /** Milliseconds from the launch to the first answer of the gateway. */
  readonly answered: number;
  /** Resident, of each, once all is up and nobody has called it yet. */
  readonly memory: Memory & { readonly launcher: number };
}

/** Milliseconds in which what has just started comes to rest. */
const restMs = 3000;

/** Starts what stands in the tree, looks at it when it is at rest, and stops it. */
export async function startOnce(workshop: Workshop, tree: string): Promise<Start> {
  const stack = await workshop.launch({ tree }, false);
  const answered = await stack.answers();
  await stack.up();
  await sleep(restMs);
  const memory = { ...residentMemory(stack.description), launcher: residentOf(stack.pid) };
  await stack.stop();
  return { answered, memory };
}
