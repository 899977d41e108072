import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FaultRule } from '../server/faults';
import type { JobPace } from '../server/jobs';
import { isRate, type Rate } from '../server/rateLimit';
import type { SandboxState } from '../server/state';

/** /sandbox/…: the control API for tests in another process. No key, not logged, no faults. */
export function serveControl(control: FastifyInstance, state: SandboxState): void {
	control.get('/requests', async () => state.requestLog);
	control.delete('/requests', async (_, reply) => {
		state.requestLog.clear();
		return done(reply);
	});
	control.put<{ Body?: FaultRule[] }>('/faults', async ({ body }, reply) => {
		if (!Array.isArray(body)) return refuse(reply, 'Expected a list of rules');
		state.faults.set(body);
		return done(reply);
	});
	control.get('/jobs', async () => state.jobs.all);
	control.put<{ Body?: JobPace }>('/jobs', async ({ body }, reply) => {
		if (!isPace(body)) {
			return refuse(reply, 'Expected { "pollsUntilDone": number } or { "msUntilDone": number }');
		}
		state.jobs.pace = body;
		return done(reply);
	});
	control.put<{ Body?: { ms?: number } }>('/latency', async ({ body }, reply) => {
		if (typeof body?.ms !== 'number') return refuse(reply, 'Expected { "ms": number }');
		state.latencyMs = body.ms;
		return done(reply);
	});
	control.put<{ Body?: Rate | null }>('/rate', async ({ body }, reply) => {
		if (body !== null && !isRate(body)) return refuse(reply, RATE_FORMS);
		state.rateLimit.set(body);
		return done(reply);
	});
}

const RATE_FORMS =
	'Expected { "requestsPerSecond": number }, { "requests": number, "perSeconds": number } or { "requestsAtOnce": number } with "retryAfter": "seconds", "date" or "none"; or null';

const isPace = (body: unknown): body is JobPace =>
	Object.entries(body ?? {}).length === 1 &&
	Object.entries(body ?? {}).every(
		([name, value]) => /^(polls|ms)UntilDone$/.test(name) && typeof value === 'number',
	);

const done = (reply: FastifyReply) => reply.code(204).send();
const refuse = (reply: FastifyReply, message: string) => reply.code(400).send({ message });
