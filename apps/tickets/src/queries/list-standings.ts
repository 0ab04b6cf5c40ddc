import { inBatches } from '#backing-services';
import { type Standing, ticketIdPattern } from '#contracts';
import { type Sql } from '#postgres';
import { readStandings } from '../persistence/standings.js';

export interface Standings {
  readonly items: readonly Standing[];
  /** Ids without a ticket. */
  readonly unknown: readonly string[];
}

export class ListStandings {
  private readonly questions = inBatches(this.answer.bind(this));

  constructor(private readonly sql: Sql) {}

  /** As they are when they are asked for, or later. */
  execute(ticketIds: readonly string[]): Promise<Standings> {
    return this.questions.add([...new Set(ticketIds)]);
  }

  private async answer(questions: readonly (readonly string[])[]): Promise<Standings[]> {
    const possible = new Set(questions.flat().filter((id) => ticketIdPattern.test(id)));
    const found = await readStandings(this.sql, [...possible]);
    const standings = new Map(found.map((standing) => [standing.ticketId, standing]));
    return questions.map((asked) => ({
      items: asked.flatMap((id) => standings.get(id) ?? []),
      unknown: asked.filter((id) => !standings.has(id)),
    }));
  }
}
