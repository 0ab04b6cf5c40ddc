import { CommandError, printable } from '#command-line';
import { type Environment } from '#config';
import { type HeldDeadLetter, DeadLetters, deadQueue } from '#messaging';
import { withBroker } from './broker.js';

type Warn = (text: string) => void;
type Act = (letter: HeldDeadLetter) => Promise<void> | void;

/** By the codes of AMQP. */
const skipReasons: Readonly<Record<number, string>> = {
  403: 'is not for the user in RABBITMQ_URL to see',
  404: 'is not there yet: its consumer has never run',
};

/** The dead letters of several consumers. */
export class DeadLetterQueues {
  /** @param queues those of the consumers */
  constructor(
    private readonly environment: Environment,
    private readonly queues: readonly string[],
  ) {}

  /**
   * Visits every dead letter. A queue that does not exist, or that this user may not
   * read, is skipped with a warning.
   */
  each(warn: Warn, act: Act): Promise<void> {
    return withBroker(this.environment, async (connection) => {
      for (const queue of this.queues) {
        try {
          for await (const letter of new DeadLetters(connection, queue).read()) await act(letter);
        } catch (error) {
          const reason = skipReasons[(error as { code?: number }).code ?? 0];
          if (reason === undefined) throw error;
          warn(`${deadQueue(queue)} ${reason}`);
        }
      }
    });
  }

  /**
   * @param ids as they are shown; several dead letters may share one
   * @throws CommandError with the ids that no dead letter has, after the others are done
   */
  async eachOf(ids: readonly string[], warn: Warn, act: Act): Promise<void> {
    const missing = new Set(ids);
    await this.each(warn, async (letter) => {
      const id = printable(letter.id);
      if (!ids.includes(id)) return;
      missing.delete(id);
      await act(letter);
    });
    if (missing.size > 0)
      throw new CommandError(`there is no dead letter ${[...missing].map(printable).join(', ')}`);
  }
}
