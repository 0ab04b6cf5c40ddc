import { Controller, Get } from '@nestjs/common';
import { Roles } from '#http-server';
import { type OperationsReport, OperationsReporter } from '../queries/operations-report.js';

/** For operators, at the service itself; the gateway does not forward it. */
@Controller('internal/report')
export class ReportController {
  constructor(private readonly reporter: OperationsReporter) {}

  @Get()
  @Roles('service', 'admin')
  report(): Promise<OperationsReport> {
    return this.reporter.make();
  }
}
