import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ApiError, type ApiErrorInfo } from '../../shared/errors/ApiError';
import { MUSIC_GENERATIONS, VIDEO_GENERATIONS, type Endpoint } from '../../shared/models/endpoints';
import { mimeTypeOfName } from '../../shared/mimeTypes';
import { unexpectedResponseError } from '../../shared/transport/apiErrors';
import type { ApiResponse } from '../../shared/transport/apiResponse';
import type { Cost } from '../../shared/transport/usage';
import type { ItemContext } from '../run/operation';
import { parseJob } from '../run/job';
import { GENERATION, getLater, withJobId, type JobType } from '../run/polling';
import { familyOf } from './fileContent';
import { fileNameOfUrl } from './fileName';
import { toMediaItems } from './mediaItems';
import { findResponseFiles, type OutputFile } from './outputFiles';
import { toTranscript } from './transcript';

/** The kind of a generation, as in 'Type' of 'Get a Video, Music or Transcription'. */
export type JobKind = 'music' | 'transcription' | 'video';

/** A job that succeeded, and further fields of each of its items. */
interface CompletedJob {
	id: string;
	response: ApiResponse;
	cost?: Cost;
	metadata: IDataObject;
}

interface JobKindDefinition extends JobType {
	toItems(context: ItemContext, job: CompletedJob): Promise<INodeExecutionData[]>;
}

/** Each kind of job: where to poll it, and how its result becomes items. */
export const JOB_KINDS: Record<JobKind, JobKindDefinition> = {
	music: createMediaJob(MUSIC_GENERATIONS),
	transcription: {
		...GENERATION,
		statusEndpoint: (id) => ({ path: `/v1/stt/${encodeURIComponent(id)}`, query: {} }),
		parse: ({ json }, knownId) => parseJob(json, toTranscript(json) !== undefined, knownId),
		toItems: toTranscriptItem,
	},
	video: createMediaJob(VIDEO_GENERATIONS),
};

export const JOB_KIND_NAMES = Object.keys(JOB_KINDS) as JobKind[];

function createMediaJob({ path }: Endpoint): JobKindDefinition {
	return {
		...GENERATION,
		statusEndpoint: (id) => ({ path, query: { generation_id: id } }),
		parse: (response, knownId) =>
			parseJob(response.json, findResponseFiles(response).some(mayBeResult), knownId),
		findUrls: (response) => findResponseFiles(response).flatMap(({ url }) => url ?? []),
		toItems: toMediaItemsOfJob,
	};
}

/** Beside a job for sound or video, an image is a preview or the user's own. */
const mayBeResult = ({ url = '', mimeType }: OutputFile): boolean =>
	familyOf(mimeType || (mimeTypeOfName(fileNameOfUrl(url) ?? '') ?? '')) !== 'image';

async function toMediaItemsOfJob(
	context: ItemContext,
	job: CompletedJob,
): Promise<INodeExecutionData[]> {
	const files = findResponseFiles(job.response);
	if (!files.length) throw new ApiError(emptyResultError(job, 'file'));
	return await toMediaItems(context, {
		...job,
		files,
		nextStep: getLater(job.id, GENERATION),
		details: { [GENERATION.idName]: job.id },
	});
}

async function toTranscriptItem(
	context: ItemContext,
	job: CompletedJob,
): Promise<INodeExecutionData[]> {
	const transcript = toTranscript(job.response.json);
	if (!transcript) throw new ApiError(emptyResultError(job, 'text'));
	const { id, cost, metadata } = job;
	const about = { ...(context.model && { model: context.model }), id, ...metadata };
	return [{ json: { ...transcript, ...about, ...(cost && { cost }) } }];
}

const emptyResultError = ({ response, id }: CompletedJob, what: string): ApiErrorInfo =>
	withJobId(unexpectedResponseError(response, what), id);
