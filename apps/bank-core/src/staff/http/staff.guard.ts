import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { refused } from '#libs/kernel';
import { problemOf } from '#libs/platform';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { hasRole, type StaffMember, type StaffRole } from '../domain/staff-member.js';
import { staffSentences, type StaffRefusal } from '../domain/staff.refusals.js';
import { StaffService } from '../staff.service.js';
import { secretOf } from './staff-cookie.js';
import { staffStatuses } from './staff.problems.js';

/** Where the officers' API begins. Only the console's listener serves it. */
export const STAFF = 'staff/v1';

const ROLES = 'renkei:staff-roles';
const members = new WeakMap<object, StaffMember>();
const SAFE = new Set(['GET', 'HEAD']);

/** One of these roles somewhere; at which institution is judged with the matter. Without: every officer. */
export const StaffRoles = (...roles: StaffRole[]) => SetMetadata(ROLES, roles);

/** The officer who calls. */
export const Officer = createParamDecorator((_: unknown, context: ExecutionContext) =>
  members.get(context.switchToHttp().getRequest<FastifyRequest>().raw),
);

export const staffProblem = (code: StaffRefusal) =>
  problemOf(refused(code).refusal, staffStatuses, staffSentences);

/**
 * Lets an officer in by the session's cookie. What changes something has to come from the console's own pages:
 * a browser always sends `Origin` with it, and the cookie does not travel from another site (T-05).
 */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isFromConsole(request, this.config)) throw staffProblem('staff_session_missing');
    const secret = secretOf(request);
    const member = secret === undefined ? undefined : await this.staff.memberOf(secret);
    if (!member?.ok) throw staffProblem('staff_session_missing');
    const roles = this.reflector.getAllAndOverride<readonly StaffRole[] | undefined>(ROLES, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (roles && !roles.some((role) => hasSomewhere(member.value, role)))
      throw staffProblem('role_missing');
    members.set(request.raw, member.value);
    return true;
  }
}

export const isFromConsole = (
  request: FastifyRequest,
  config: Pick<BankConfig, 'consoleOrigin'>,
): boolean => SAFE.has(request.method) || request.headers.origin === config.consoleOrigin;

const hasSomewhere = (member: StaffMember, role: StaffRole): boolean =>
  member.grants.some((grant) => grant.role === role) || hasRole(member, role, []);
