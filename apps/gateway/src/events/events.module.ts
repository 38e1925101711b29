import { Module } from '@nestjs/common';
import { AuthorizationModule } from '../authorization/index.js';
import { BankModule } from '../bank/index.js';
import { ClientsModule } from '../clients/index.js';
import { ActOnce } from './act-once.js';
import { AnnounceChangesJob, CHANGE_CALENDAR } from './announce-changes.job.js';
import { changeCalendar } from './calendar.js';
import { Courier } from './courier.js';
import { DeliverJob } from './deliver.job.js';
import { DeliveriesService } from './deliveries.service.js';
import { EndpointKeys } from './endpoint-keys.js';
import { EventLog } from './event-log.js';
import { CreateSubscriptionController } from './http/create-subscription.controller.js';
import { DeleteSubscriptionController } from './http/delete-subscription.controller.js';
import { GetDeliveryController } from './http/get-delivery.controller.js';
import { GetStatusController } from './http/get-status.controller.js';
import { GetSubscriptionController } from './http/get-subscription.controller.js';
import { ListChangesController } from './http/list-changes.controller.js';
import { ListDeliveriesController } from './http/list-deliveries.controller.js';
import { ListOutagesController } from './http/list-outages.controller.js';
import { ListSubscriptionsController } from './http/list-subscriptions.controller.js';
import { PollEventsController } from './http/poll-events.controller.js';
import { RedeliverController } from './http/redeliver.controller.js';
import { ReplaceSubscriptionController } from './http/replace-subscription.controller.js';
import { ReplaySubscriptionController } from './http/replay-subscription.controller.js';
import { RotateKeyController } from './http/rotate-key.controller.js';
import { VerifySubscriptionController } from './http/verify-subscription.controller.js';
import { PollService } from './poll.service.js';
import { ReportDelivery } from './report-delivery.js';
import { StatusService } from './status.service.js';
import { ActStore } from './storage/act.store.pg.js';
import { DeliveryStore } from './storage/delivery.store.pg.js';
import { DueDeliveryStore } from './storage/due-delivery.store.pg.js';
import { EventStore } from './storage/event.store.pg.js';
import { ReaderStore } from './storage/reader.store.pg.js';
import { SubscriptionStore } from './storage/subscription.store.pg.js';
import { SubscriptionsService } from './subscriptions.service.js';
import { SweepEventsJob } from './sweep-events.job.js';
import { TakeInChangesJob } from './take-in-changes.job.js';
import { WarnOfKeysJob } from './warn-of-keys.job.js';
import { Wake } from './wake.js';

@Module({
  imports: [BankModule, ClientsModule, AuthorizationModule],
  controllers: [
    CreateSubscriptionController,
    ListSubscriptionsController,
    GetSubscriptionController,
    ReplaceSubscriptionController,
    DeleteSubscriptionController,
    RotateKeyController,
    VerifySubscriptionController,
    ReplaySubscriptionController,
    ListDeliveriesController,
    GetDeliveryController,
    RedeliverController,
    PollEventsController,
    GetStatusController,
    ListOutagesController,
    ListChangesController,
  ],
  providers: [
    { provide: CHANGE_CALENDAR, useValue: changeCalendar },
    EventStore,
    SubscriptionStore,
    DeliveryStore,
    DueDeliveryStore,
    ReaderStore,
    ActStore,
    ActOnce,
    Wake,
    EventLog,
    EndpointKeys,
    SubscriptionsService,
    DeliveriesService,
    PollService,
    StatusService,
    Courier,
    ReportDelivery,
    DeliverJob,
    TakeInChangesJob,
    AnnounceChangesJob,
    SweepEventsJob,
    WarnOfKeysJob,
  ],
})
export class EventsModule {}
