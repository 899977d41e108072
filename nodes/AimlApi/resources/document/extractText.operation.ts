import {
	updateDisplayOptions,
	type IBinaryKeyData,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import {
	extraBodyField,
	modelField,
	modelParametersField,
} from '../../../shared/descriptions/model';
import {
	costLimitOption,
	fallbackModelsOption,
	itemsInParallelOption,
	maxRetriesOption,
	modelOptionsField,
	requestIdOption,
	simplifyField,
	timeoutOption,
} from '../../../shared/descriptions/options';
import { CallFailure } from '../../../shared/errors/ApiError';
import { isRecord } from '../../../shared/json';
import { DOCUMENTS } from '../../../shared/models/endpoints';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';
import { readCost } from '../../../shared/transport/usage';
import { filesField } from '../../descriptions/files';
import { outputFieldOption } from '../../descriptions/mediaOptions';
import { storeFile } from '../../media/mediaItems';
import type { FoundFile } from '../../media/outputFiles';
import { requestMedia } from '../../media/requestMedia';
import type { Call, Operation } from '../../run/operation';
import { readPages, type Page } from './pages';

const properties: INodeProperties[] = [
	modelField,
	{
		...filesField,
		default: { values: [{ source: 'binary', binaryPropertyName: 'data', url: '', parameter: '' }] },
		description: 'The document or image to read',
	},
	{
		displayName: 'Split Pages',
		name: 'splitPages',
		type: 'boolean',
		default: false,
		displayOptions: { show: { simplify: [true] } },
		description: 'Whether to return an item for each page instead of one with the whole text',
	},
	modelParametersField,
	extraBodyField,
	simplifyField,
	{
		...modelOptionsField,
		options: [
			costLimitOption,
			fallbackModelsOption,
			itemsInParallelOption,
			maxRetriesOption,
			{
				...outputFieldOption,
				hint: 'The name of the output binary field for the first image of a document; further ones get a number',
			},
			requestIdOption,
			timeoutOption,
		],
	},
];

/** Fields of 'Extract Text'; what they mean for the request stands in `extractDocumentText`. */
export const extractTextFields = updateDisplayOptions(
	{ show: { resource: ['document'], operation: ['extractText'] } },
	properties,
);

/** POST /v1/ocr: the text as Markdown, as one item or one for each page, pictures as files. */
export const extractDocumentText: Operation = {
	endpoint: DOCUMENTS,
	modelForm: {
		ownProperties: ['model'],
		hasFiles: true,
		generalSchema: {
			type: 'object',
			required: [],
			properties: {
				pages: { anyOf: [{ type: 'string' }, { type: 'array' }, { type: 'object' }] },
				include_image_base64: { type: 'boolean' },
			},
		},
	},
	async perform(call) {
		const { response, facts } = await requestMedia(call);
		const cost = readCost(response.json, response);
		call.book(cost);
		if (!call.field('simplify', true)) return [{ json: response.json as IDataObject }];
		const pages = readPages(response.json);
		if (!pages.length) throw new CallFailure(readUnknownAnswer(response, 'page'));
		const annotation = readAnnotation(response.json);
		const about = { model: call.model, id: response.requestId, ...facts };
		const first = { ...(annotation !== undefined && { annotation }), ...(cost && { cost }) };
		const items = call.field('splitPages', false) ? pages.map(asPage) : [joined(pages)];
		return await Promise.all(
			items.map(async ({ json, images }, index) => ({
				json: { ...json, ...about, ...(index === 0 && first) } as IDataObject,
				...(await storeImages(call, images)),
			})),
		);
	},
};

interface TextItem {
	json: IDataObject;
	images: FoundFile[];
}

const asPage = ({ text, index, images }: Page): TextItem => ({
	json: { text, page: index + 1 },
	images,
});

const joined = (pages: Page[]): TextItem => ({
	json: { text: pages.map(({ text }) => text).join('\n\n'), pages: pages.length },
	images: pages.flatMap(({ images }) => images),
});

/** What the model was asked to find in the document; JSON in a text. */
function readAnnotation(body: unknown): unknown {
	const annotation = isRecord(body) ? body.document_annotation : undefined;
	if (typeof annotation !== 'string') return annotation ?? undefined;
	try {
		return JSON.parse(annotation);
	} catch {
		return annotation;
	}
}

/** The pictures as binary fields: the first under the chosen name, the others with a number. */
async function storeImages(
	call: Call,
	images: FoundFile[],
): Promise<Pick<INodeExecutionData, 'binary'>> {
	const field = call.option('outputField', 'data') || 'data';
	const binary: IBinaryKeyData = {};
	for (const [index, image] of images.entries()) {
		binary[index ? `${field}_${index}` : field] = await storeFile(call, image, index);
	}
	return images.length ? { binary } : {};
}
