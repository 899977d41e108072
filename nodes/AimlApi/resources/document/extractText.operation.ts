import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { DOCUMENTS } from '../../../shared/models/endpoints';
import type { FoundFile } from '../../media/outputFiles';
import { storeFile } from '../../media/mediaItems';
import { readPages, type Page } from './pages';
import { readCost } from '../../../shared/transport/usage';
import { CallFailure } from '../../../shared/errors/ApiError';
import type { Call, Operation } from '../../run/operation';
import { readUnknownAnswer } from '../../../shared/transport/apiErrors';
import { isRecord } from '../../../shared/schema/jsonSchema';
import { requestMedia } from '../../media/requestMedia';

/** POST /v1/ocr: the text as Markdown, as one item or one for each page, pictures as files. */
export const extractDocumentText: Operation = {
	endpoint: DOCUMENTS,
	modelForm: {
		ownProperties: ['model'],
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
