import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { OwnSecurity } from '../../../bank/index.js';
import { wholePage } from '../list-page.js';
import { ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { GapsDto, ReviewsDto, StandardsDto, toGap, toReview, toStandards } from './review.dto.js';

/** What is asked of one's security, where each review stands, and what is lacking until when (RKN-S3). */
@Controller(ME)
export class OwnReviewsController {
  constructor(@Inject(OwnSecurity) private readonly security: OwnSecurity) {}

  @Get('reviews')
  @OwnAffair({
    id: 'listReviews',
    ja: '金融機関ごとの審査の状況',
    en: 'Where your review stands at each institution; the list is whole',
  })
  @ApiOkResponse({ type: ReviewsDto })
  async reviews(@CurrentAccess() access: Access): Promise<ReviewsDto> {
    const views = orRefuse(await this.security.reviews(ownCaller(access)));
    return wholePage(`${ME}/reviews`, views.map(toReview));
  }

  @Get('standards')
  @OwnAffair({
    id: 'getStandards',
    ja: '自社に適用される基準と項目',
    en: 'The standards that apply to you, every question once with who asks it',
  })
  @ApiOkResponse({ type: StandardsDto })
  async standards(@CurrentAccess() access: Access): Promise<StandardsDto> {
    return toStandards(orRefuse(await this.security.standards(ownCaller(access))));
  }

  @Get('gaps')
  @OwnAffair({
    id: 'listGaps',
    ja: '新しい基準との差異と期限',
    en: 'What a new standard asks and you have not met yet, until when; the list is whole',
  })
  @ApiOkResponse({ type: GapsDto })
  async gaps(@CurrentAccess() access: Access): Promise<GapsDto> {
    const views = orRefuse(await this.security.gaps(ownCaller(access)));
    return wholePage(`${ME}/gaps`, views.map(toGap));
  }
}
