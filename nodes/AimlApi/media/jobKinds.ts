import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { CallFailure, type Fault } from '../../shared/errors/ApiError';
import { MUSIC_GENERATIONS, VIDEO_GENERATIONS } from '../../shared/models/endpoints';
import { readUnknownAnswer } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { Cost } from '../../shared/transport/usage';
import type { Call } from '../run/operation';
import { withJob, type JobPlace } from '../run/polling';
import { toMediaItems } from './mediaItems';
import { findFiles } from './outputFiles';
import { readTranscript } from './transcript';

/** What kind of generation a job is, as 'Get a Generation' names it. */
export type JobKind = 'music' | 'transcription' | 'video';

/** A job that ended well, and what each of its items should say besides. */
export interface EndedJob {
	id: string;
	response: ApiResponse;
	cost?: Cost;
	facts: IDataObject;
}

interface JobRules {
	/** Where it tells how it goes. */
	place(id: string): JobPlace;
	toItems(call: Call, job: EndedJob): Promise<INodeExecutionData[]>;
}

/** Each kind of job: where to look at it, and what comes of it. */
export const JOB_KINDS: Record<JobKind, JobRules> = {
	music: {
		place: (id) => ({ path: MUSIC_GENERATIONS.path, query: { generation_id: id } }),
		toItems: toFiles,
	},
	transcription: {
		place: (id) => ({ path: `/v1/stt/${encodeURIComponent(id)}`, query: {} }),
		toItems: toTranscript,
	},
	video: {
		place: (id) => ({ path: VIDEO_GENERATIONS.path, query: { generation_id: id } }),
		toItems: toFiles,
	},
};

export const isJobKind = (kind: string): kind is JobKind => Object.hasOwn(JOB_KINDS, kind);

async function toFiles(call: Call, job: EndedJob): Promise<INodeExecutionData[]> {
	const files = findFiles(job.response.json);
	if (!files.length) throw new CallFailure(nothingFound(job, 'file'));
	return await toMediaItems(call, { ...job, files });
}

async function toTranscript(call: Call, job: EndedJob): Promise<INodeExecutionData[]> {
	const transcript = readTranscript(job.response.json);
	if (!transcript) throw new CallFailure(nothingFound(job, 'text'));
	const { id, cost, facts } = job;
	const about = { ...(call.model && { model: call.model }), id, ...facts };
	return [{ json: { ...transcript, ...about, ...(cost && { cost: { ...cost } }) } }];
}

const nothingFound = ({ response, id }: EndedJob, what: string): Fault =>
	withJob(readUnknownAnswer(response, what), id);
