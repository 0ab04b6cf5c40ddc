import { type Answer } from '../../support/api.js';
import { type Caller } from './caller.js';
import { type Product } from './product.js';
import { type Street } from './street.js';

/** What the tests of one proxy share. */
export interface Before {
  readonly product: Product;
  /** There once the first test begins. */
  readonly street: () => Street;
}

/** A ticket of somebody, which an agent has taken. */
export interface TakenTicket {
  readonly path: string;
  readonly customer: string;
  readonly agent: string;
}

const made = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};

let people = 0;
/**
 * @returns a customer, and an agent, who have done nothing yet: limits count by person
 */
export const newPeople = () => {
  people += 1;
  return { customer: `customer-${people}`, agent: `agent-${people}` };
};

export async function takenTicket(
  caller: Caller,
  { customer, agent } = newPeople(),
  description = '',
): Promise<TakenTicket> {
  const about = { subject: 'Shop is down', ...(description !== '' && { description }) };
  const { body } = made(await caller.call(customer, 'POST', '/v1/tickets', about));
  const path = `/v1/tickets/${body.id}`;
  made(await caller.call(agent, 'PATCH', path, { assigneeId: agent }));
  return { path, customer, agent };
}
