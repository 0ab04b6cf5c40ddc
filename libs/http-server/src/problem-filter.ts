import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Problem, toProblemDocument } from '#problem';
import { type Log, type Metrics } from '#telemetry';
import { noStore } from './no-store.js';
import { type ErrorClassifier, toProblem } from './to-problem.js';

export const problemContentType = 'application/problem+json';

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const body = JSON.stringify(toProblemDocument(problem, request.id));
  // A handler may have said before it failed how long its answer can be kept.
  void reply
    .code(problem.status)
    .headers({ ...noStore, ...problem.headers })
    .type(problemContentType)
    .send(body);
}

/** Turns any thrown value into a problem document, and logs server errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly faults;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
    private readonly classify?: ErrorClassifier,
  ) {
    this.faults = metrics.counter({
      name: 'http_server_faults_total',
      help: 'Answers of 500 and above',
      labels: ['code'],
    });
  }

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = toProblem(error, this.classify);
    if (problem.status >= 500) this.report(problem, request);
    if (reply.sent) reply.raw.destroy();
    else sendProblem(problem, request, reply);
  }

  private report(problem: Problem, { id: requestId }: FastifyRequest): void {
    const { code, cause: error } = problem;
    this.faults.inc({ code });
    if (code === 'internal') this.log.error('request failed', { requestId, code, error });
    else this.log.warn('request not answered', { requestId, code, error });
  }
}
