import { type DataSource } from 'typeorm';
import { type Standing, ticketIdPattern } from '#contracts';
import { readStandings } from '../persistence/standings.js';
import { inBatches } from '../in-batches.js';

export interface Standings {
  readonly items: readonly Standing[];
  /** Ids without a ticket. */
  readonly unknown: readonly string[];
}

export class ListStandings {
  private readonly questions = inBatches(this.answer.bind(this));

  constructor(private readonly dataSource: DataSource) {}

  /** As they are when they are asked for, or later. */
  execute(ticketIds: readonly string[]): Promise<Standings> {
    return this.questions.add([...new Set(ticketIds)]);
  }

  private async answer(questions: readonly (readonly string[])[]): Promise<Standings[]> {
    const possible = new Set(questions.flat().filter((id) => ticketIdPattern.test(id)));
    const found = await readStandings(this.dataSource, [...possible]);
    const standings = new Map(found.map((standing) => [standing.ticketId, standing]));
    return questions.map((asked) => ({
      items: asked.flatMap((id) => standings.get(id) ?? []),
      unknown: asked.filter((id) => !standings.has(id)),
    }));
  }
}
