import type { ResultFile } from '../media/file';
import { fixture } from '../media/fixtures';
import { describeFile, type MadeFile } from './describeFile';

type Body = Record<string, unknown>;

/** How a model's answer about its images differs from the usual form. */
export interface ImageVariant {
	/** How its files differ. */
	file?: (body: Body) => Partial<ResultFile>;
	/** Files other than one image per requested image. */
	files?: () => ResultFile[];
	/** The response; by default `data` with URLs. */
	answer?: (made: MadeFile[]) => Record<string, unknown>;
	/** The only place of the cost; by default `meta.usage` and headers. */
	usage?: (credits: number) => Record<string, unknown>;
}

const base64 = ({ file }: MadeFile): string => file.make().toString('base64');

export const dataOf = (made: MadeFile[]) => ({ data: made.map(({ url }) => ({ url })) });

export const inlineDataOf = (made: MadeFile[]) => ({
	data: made.map((each) => ({ b64_json: base64(each) })),
});

const imagesOf = (made: MadeFile[]) => ({
	images: made.map(({ url, file }) => ({ url, content_type: `image/${file.extension}` })),
});

const mesh = (): ResultFile => ({ extension: 'glb', make: () => fixture('tetrahedron.glb') });

const describeMesh = (made: MadeFile) => ({
	...describeFile(made),
	content_type: 'application/octet-stream',
	file_name: 'model.glb',
});

/** The documented deviations, by name. */
export const IMAGE_VARIANTS = {
	'image-base64': { answer: inlineDataOf },
	'image-url-and-base64': {
		answer: (made) => ({ data: made.map((each) => ({ url: each.url, b64_json: base64(each) })) }),
	},
	'image-list': { answer: imagesOf },
	'image-twice': { answer: (made) => ({ ...dataOf(made), ...imagesOf(made) }) },
	'image-mime-type': {
		answer: (made) => ({
			data: made.map(({ url, file }) => ({ url, mime_type: `image/${file.extension}` })),
		}),
	},
	'image-nulls': {
		answer: (made) => ({
			data: made.map(({ url }) => ({ url, b64_json: null, revised_prompt: null })),
			images: null,
		}),
	},
	'image-none': { answer: () => ({ data: [] }) },
	'image-created-ms': { answer: (made) => ({ ...dataOf(made), created: Date.now() }) },
	'image-tokens-used': { usage: (credits) => ({ meta: { usage: { tokens_used: credits } } }) },
	'image-top-usage': { usage: (credits) => ({ usage: { credits_used: credits } }) },
	'image-octet-stream': { file: () => ({ contentType: 'application/octet-stream' }) },
	'image-one-fetch': { file: () => ({ lastsFetches: 1 }) },
	'image-expiring': { file: ({ expires_after_ms: ms = 1000 }) => ({ lastsMs: Number(ms) }) },
	'image-moved': { file: () => ({ moved: true }) },
	'image-large': { file: ({ file_size: size = '200mb' }) => ({ size: String(size) }) },
	mesh: { files: () => [mesh()], answer: ([made]) => ({ model_mesh: describeMesh(made) }) },
	'mesh-parts': {
		files: () => [mesh(), mesh(), mesh()],
		answer: ([segmented, first, second]) => ({
			segmented_mesh: describeMesh(segmented),
			mask_1_mesh: describeMesh(first),
			mask_2_mesh: describeMesh(second),
		}),
	},
} satisfies Record<string, ImageVariant>;
