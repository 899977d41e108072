import type { RequestLog, LoggedCall } from './requestLog';
import { costReport, type Cost } from '../models/pricing';
import { sleep } from './sleep';

/** How long jobs take: until so many polls, or so many milliseconds. */
export type JobPace = { pollsUntilDone: number } | { msUntilDone: number };

export type JobState = 'queued' | 'generating' | 'completed' | 'error';

/** How the answers about a job differ from the usual form. */
export interface JobForm {
	/** Where its id stands; in `id` unless told. */
	idName?: 'generation_id';
	/** Where its id stands in the answers to polls, if elsewhere. */
	pollIdName?: 'id';
	/** The API's words for its states, where they are others than ours. */
	words?: Partial<Record<JobState, string>>;
	/** The answer that starts it has its id alone, without a status. */
	startsWithoutStatus?: true;
	/** The answer that starts it says already what it is going to cost. */
	costFirst?: true;
	/** What its answers have beside id and status until it is over. */
	pending?: (state: JobState) => Record<string, unknown>;
	/** It is completed in the answer that starts it. */
	atOnce?: true;
	/** It ends in error, with this in its last answer. */
	failure?: Record<string, unknown>;
}

/** A job that is to be started. */
export interface JobPlan {
	id: string;
	/** The endpoint that it was started at, the only one to know it. */
	endpoint: string;
	model: string;
	/** Booked once the job is completed, on the record of the call that started it. */
	cost: Cost;
	record: LoggedCall;
	form: JobForm;
	/** What it answers when completed, beside id and status. */
	result: Record<string, unknown>;
}

/** A generation that takes its time. */
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

	/** Takes the job as far as the time and the polls allow. */
	advance(): void {
		if (this.isOver) return;
		const progress = this.plan.form.atOnce ? 1 : this.progress();
		if (progress >= 1) this.end();
		else this.state = progress < 0.5 ? 'queued' : 'generating';
	}

	/** Lets the job end in error, with this in its last answer; says whether it was under way. */
	fail(failure: Record<string, unknown>): boolean {
		if (this.isOver) return false;
		this.failure = failure;
		this.end();
		return true;
	}

	/** What the job costs, once it is completed. */
	get cost(): Cost | undefined {
		return this.state === 'completed' ? this.plan.cost : undefined;
	}

	/** The answer to a poll. */
	describe(): object {
		const { idName = 'id', pollIdName = idName } = this.plan.form;
		return { [pollIdName]: this.plan.id, ...this.progressReport() };
	}

	/** The answer to the call that started it. */
	describeStart(): object {
		const { idName = 'id', startsWithoutStatus } = this.plan.form;
		const identity = { [idName]: this.plan.id };
		return startsWithoutStatus ? identity : { ...identity, ...this.progressReport() };
	}

	/** What the control surface shows. */
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

	/** `pace` is for the jobs that start from now on. */
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
		// It ends in time even if nobody asks after it.
		if ('msUntilDone' in this.pace) void sleep(this.pace.msUntilDone).then(() => job.advance());
		return job;
	}

	/** The job of that id at that endpoint. */
	find(id: string, endpoint: string): Job | undefined {
		const job = this.byId.get(id);
		return job?.plan.endpoint === endpoint ? job : undefined;
	}
}
