import type { RequestLog, LoggedCall } from './requestLog';
import { costReport, type Cost } from '../models/pricing';
import { sleep } from './sleep';

/** How long jobs take, in polls or in milliseconds. */
export type JobPace = { pollsUntilDone: number } | { msUntilDone: number };

export type JobState = 'queued' | 'generating' | 'completed' | 'error';

/** How responses about a job differ from the usual form. */
export interface JobForm {
	/** The property of its ID; `id` by default. */
	idName?: 'generation_id';
	/** The property of its ID in polls, if different. */
	pollIdName?: 'id';
	/** Other names of its states. */
	words?: Partial<Record<JobState, string>>;
	/** The response that starts it has only its ID, without a status. */
	startsWithoutStatus?: true;
	/** The response that starts it already has the cost. */
	costFirst?: true;
	/** Further properties of responses until it ends. */
	pending?: (state: JobState) => Record<string, unknown>;
	/** It is completed in the response that starts it. */
	atOnce?: true;
	/** It fails, with this in its last response. */
	failure?: Record<string, unknown>;
}

/** A job to start. */
interface JobPlan {
	id: string;
	/** The endpoint that started it, where it can be polled. */
	endpoint: string;
	model: string;
	/** Charged when the job is completed, to the call that started it. */
	cost: Cost;
	record: LoggedCall;
	form: JobForm;
	/** Further properties of the response when completed. */
	result: Record<string, unknown>;
}

/** A job, such as the generation of a video. */
export class Job {
	state: JobState = 'queued';
	polls = 0;
	private failure: Record<string, unknown> | undefined;
	private readonly startedAt = Date.now();

	constructor(
		readonly plan: JobPlan,
		private readonly pace: JobPace,
		private readonly requestLog: RequestLog,
	) {
		this.failure = plan.form.failure;
	}

	/** Advances the job by the time and the polls so far. */
	advance(): void {
		if (this.isOver) return;
		const progress = this.plan.form.atOnce ? 1 : this.progress();
		if (progress >= 1) this.end();
		else this.state = progress < 0.5 ? 'queued' : 'generating';
	}

	/** Makes the job fail, with this in its last response; returns whether it was running. */
	fail(failure: Record<string, unknown>): boolean {
		if (this.isOver) return false;
		this.failure = failure;
		this.end();
		return true;
	}

	/** The cost, once the job is completed. */
	get cost(): Cost | undefined {
		return this.state === 'completed' ? this.plan.cost : undefined;
	}

	/** The response to a poll. */
	describe(): object {
		const { idName = 'id', pollIdName = idName } = this.plan.form;
		return { [pollIdName]: this.plan.id, ...this.progressReport() };
	}

	/** The response to the call that started it. */
	describeStart(): object {
		const { idName = 'id', startsWithoutStatus } = this.plan.form;
		const identity = { [idName]: this.plan.id };
		return startsWithoutStatus ? identity : { ...identity, ...this.progressReport() };
	}

	/** The job in the control API. */
	toJSON() {
		const { id, endpoint, model } = this.plan;
		return { id, endpoint, model, state: this.state, polls: this.polls };
	}

	private progressReport(): object {
		const { form, result, cost } = this.plan;
		const status = form.words?.[this.state] ?? this.state;
		if (this.state === 'error') return { status, ...this.failure };
		if (this.state === 'completed') return { status, ...result, ...costReport(cost) };
		return { status, ...form.pending?.(this.state), ...(form.costFirst && costReport(cost)) };
	}

	private get isOver(): boolean {
		return this.state === 'completed' || this.state === 'error';
	}

	private progress(): number {
		const { polls, pace } = this;
		if ('pollsUntilDone' in pace) return share(polls, pace.pollsUntilDone);
		return share(Date.now() - this.startedAt, pace.msUntilDone);
	}

	private end(): void {
		this.state = this.failure ? 'error' : 'completed';
		if (this.cost) this.requestLog.charge(this.plan.record, this.cost);
	}
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 1);

/** All jobs of a sandbox. */
export class JobStore {
	private readonly byId = new Map<string, Job>();

	/** @param pace of jobs started from now on */
	constructor(
		private readonly requestLog: RequestLog,
		public pace: JobPace,
	) {}

	get all(): Job[] {
		return [...this.byId.values()];
	}

	start(plan: JobPlan): Job {
		const job = new Job(plan, this.pace, this.requestLog);
		this.byId.set(plan.id, job);
		job.advance();
		// It ends in time even if it isn't polled.
		if ('msUntilDone' in this.pace) void sleep(this.pace.msUntilDone).then(() => job.advance());
		return job;
	}

	/** The job of that id at that endpoint. */
	find(id: string, endpoint: string): Job | undefined {
		const job = this.byId.get(id);
		return job?.plan.endpoint === endpoint ? job : undefined;
	}
}
